import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { OWNER, REGION, S3Stage } from "./s3-stage.ts";

describe("local cloud: S3 buckets on disk", () => {
  let folder: string;
  let stage: S3Stage;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tributary-s3-"));
    stage = new S3Stage({ dataDir: path.join(folder, "data") });
    stage.cloud.services.s3.createBucket("data", OWNER, REGION);
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
});
