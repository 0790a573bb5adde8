import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { DiskMirror } from "../../../../local/services/s3/disk.ts";
import { OWNER, REGION, S3Stage } from "./stage.ts";

describe("local cloud: S3 buckets on disk", () => {
  let folder: string;
  let stage: S3Stage;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tributary-s3-"));
    stage = new S3Stage({ dataDir: path.join(folder, "data") });
    stage.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
  });
  afterEach(async () => {
    await stage.cloud.close();
    rmSync(folder, { recursive: true });
  });

  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(path.join(folder, "data", OWNER, "data"), path.join(entry.parentPath, entry.name)))
      .sort();
  const content = (file: string) => readFileSync(path.join(folder, "data", OWNER, "data", file), "utf8");

  it("writes objects below account and bucket, overwrites them, and removes them with their empty folders", async () => {
    await stage.put("events/2026/a.json", "one");
    await stage.put("events/2026/a.json", "two");
    expect(files()).to.deep.equal(["events/2026/a.json"]);
    expect(content("events/2026/a.json")).to.equal("two");
    await stage.call("DeleteObject", { Bucket: "data", Key: "events/2026/a.json" });
    expect(existsSync(path.join(folder, "data", OWNER, "data"))).to.equal(false);
  });

  it("never leaves its folder, whatever a key says", async () => {
    for (const key of [
      "../../../../out",
      "/etc/passwd",
      "a/../../b",
      "a//b",
      "./c",
      "folder/",
      "100%",
      "nul\u0000",
      "x\\..\\y",
    ]) {
      await stage.put(key, key);
    }
    expect(files()).to.deep.equal(
      [
        "%2E%2E/%2E%2E/%2E%2E/%2E%2E/out",
        "%2F/etc/passwd",
        "a/%2E%2E/%2E%2E/b",
        "a/%2F/b",
        "%2E/c",
        "folder/%2F",
        "100%25",
        "nul%00",
        "x%5C..%5Cy",
      ].sort(),
    );
  });

  it("keeps a key beside the keys below it, in whatever order they come and go", async () => {
    await stage.put("a", "file");
    await stage.put("a/b", "below");
    await stage.put("c/d", "below");
    await stage.put("c", "file");
    expect(files()).to.deep.equal(["a%", "a/b", "c%", "c/d"]);
    expect([content("a%"), content("c%")]).to.deep.equal(["file", "file"]);
    await stage.call("DeleteObject", { Bucket: "data", Key: "a" });
    await stage.call("DeleteObject", { Bucket: "data", Key: "c/d" });
    await stage.put("c", "again");
    expect(files().filter((file) => content(file) === "again")).to.have.length(1);
    expect(files()).to.include("a/b").and.to.have.length(2);
  });

  it("cuts a name that no file can have", async () => {
    await stage.put("x".repeat(600), "long");
    const [file] = files();
    expect(file).to.match(/^x{200}%[0-9a-f]{16}$/);
    expect(content(file as string)).to.equal("long");
  });

  it("is emptied with the data", async () => {
    await stage.put("a/b", "v");
    stage.cloud.emptyData();
    expect(files()).to.deep.equal([]);
  });

  it("says in one line that the disk is full, keeps no half object, and goes on", async () => {
    const warnings: string[] = [];
    const root = path.join(folder, "full");
    let free = 4;
    const mirror = new DiskMirror(
      root,
      (text) => warnings.push(text),
      (file, body) => {
        const bytes = body as Buffer;
        writeFileSync(file, bytes.subarray(0, free));
        free -= Math.min(free, bytes.length);
        if (free === 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      },
    );
    mirror.write(OWNER, "data", "first", Buffer.from("abc"));
    mirror.write(OWNER, "data", "second", Buffer.from("defgh"));
    mirror.write(OWNER, "data", "third", Buffer.from("ijk"));
    expect(readdirSync(path.join(root, OWNER, "data"))).to.deep.equal(["first"]);
    expect(warnings).to.deep.equal([
      `--data-dir ${root} misses objects from now on: ENOSPC: no space left on device, write ` +
        `(${path.join(root, OWNER, "data", "second")}). The buckets themselves are whole, in memory; the run goes on.`,
    ]);
    free = 100;
    mirror.write(OWNER, "data", "fourth", Buffer.from("lmn"));
    expect(readdirSync(path.join(root, OWNER, "data"))).to.deep.equal(["first", "fourth"]);
  });

  it("answers a client as ever when nothing can be written any more", async () => {
    const warnings: string[] = [];
    writeFileSync(path.join(folder, "file"), "no folder");
    const other = new S3Stage({ dataDir: path.join(folder, "file"), warn: (text) => warnings.push(text) });
    other.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
    await other.put("key", "body");
    await other.put("key2", "body");
    await other.call("DeleteObject", { Bucket: "data", Key: "key2" });
    expect(other.cloud.services.s3.store.find("data")?.objects.get("key")?.body.toString()).to.equal("body");
    expect(warnings.length, warnings.join()).to.equal(1);
    expect(warnings[0]).to.contain("ENOTDIR");
    await other.cloud.close();
  });
});
