import { expect } from "chai";
import { unzip } from "../../../../local/services/lambda/zip.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { zipFile } from "../../../support/zip-file.ts";

const files = { "index.mjs": "export const handler = async () => 1;\n".repeat(50), "lib/ä.txt": "", "lib/": "" };

describe("a deployment package as a ZIP file", () => {
  for (const isDeflated of [true, false]) {
    it(`is read with its ${isDeflated ? "deflated" : "stored"} members, without folders`, async () => {
      const found = await unzip(zipFile(files, isDeflated));
      const texts = [...found].map(([name, bytes]) => [name, bytes.toString()]);
      expect(Object.fromEntries(texts)).to.deep.equal({ "index.mjs": files["index.mjs"], "lib/ä.txt": "" });
    });
  }

  it("that cannot be read is refused in AWS's words, wherever it is broken", async () => {
    const archive = zipFile(files);
    const words = "Could not unzip uploaded file. Please check your file, then try to upload again.";
    expect(await failureOf(unzip(Buffer.from("no archive")))).to.equal(words);
    expect(await failureOf(unzip(archive.subarray(0, archive.length - 1)))).to.equal(words);
    expect(await failureOf(unzip(archive.subarray(10)))).to.equal(words);
    for (const at of [50, 80]) {
      const damaged = Buffer.from(archive);
      damaged[at]! ^= 0xff;
      expect(await failureOf(unzip(damaged)), `byte ${at}`).to.equal(words);
    }
  });

  it("is refused when it is larger than AWS takes, packed or unpacked", async () => {
    expect(await failureOf(unzip(Buffer.alloc(52_428_801)))).to.equal(
      "Zipped size must be smaller than 52428800 bytes",
    );
    const archive = zipFile({ "a.txt": "a" });
    const directoryAt = archive.readUInt32LE(archive.length - 6);
    archive.writeUInt32LE(262_144_001, directoryAt + 24);
    expect(await failureOf(unzip(archive))).to.equal("Unzipped size must be smaller than 262144000 bytes");
  });
});
