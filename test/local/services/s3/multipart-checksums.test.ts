import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { type ChecksumAlgorithm, checksumOf } from "../../../../local/services/s3/checksums.ts";
import { refusal, S3Stage } from "./stage.ts";
import { element, wire } from "./wire.ts";

/** Parts, checksums and refusals as they were recorded on AWS in February 2026. */
describe("local cloud: S3, checksums of uploads in parts", () => {
  const PART = Buffer.alloc(5 * 1024 * 1024 + 1, "a");
  const PARTS = [PART, PART, PART.subarray(0, 10)];
  const target = { Bucket: "data", Key: "large" };
  let stage: S3Stage;

  beforeEach(async () => {
    stage = new S3Stage();
    await stage.create("Bucket", { bucket: "data" });
  });
  afterEach(() => stage.cloud.close());

  const start = async (checksum: Properties = {}): Promise<string> => {
    const { UploadId } = await stage.call<{ UploadId: string }>("CreateMultipartUpload", { ...target, ...checksum });
    return UploadId;
  };
  const part = (UploadId: string, PartNumber: number, Body: Buffer, more: Properties = {}) =>
    stage.call<{ ETag: string } & Properties>("UploadPart", { ...target, UploadId, PartNumber, Body, ...more });
  const complete = (UploadId: string, Parts: readonly unknown[], more: Properties = {}) =>
    stage.call("CompleteMultipartUpload", { ...target, UploadId, MultipartUpload: { Parts }, ...more });
  const given = (algorithm: ChecksumAlgorithm, body: Buffer) => ({
    [`Checksum${algorithm}`]: checksumOf(algorithm, body),
  });
  const said = ({ code, message }: { code: string; message: string }) => `${code}: ${message}`;

  /** Uploads the three parts, each with its checksum; returns them in the form of CompleteMultipartUpload. */
  const upload = async (UploadId: string, algorithm: ChecksumAlgorithm) => {
    const named: ({ PartNumber: number; ETag: string } & Properties)[] = [];
    for (const [index, body] of PARTS.entries()) {
      const { ETag } = await part(UploadId, index + 1, body, given(algorithm, body));
      named.push({ PartNumber: index + 1, ETag, ...given(algorithm, body) });
    }
    return named;
  };

  /** The checksum members of the object, as reads and lists return them. */
  const shown = async () => {
    const read = { ...target, ChecksumMode: "ENABLED" };
    const { Body: _body, ...got } = await stage.call("GetObject", read);
    const { Contents } = await stage.call<{ Contents: Properties[] }>("ListObjectsV2", { Bucket: "data" });
    const { Versions } = await stage.call<{ Versions: Properties[] }>("ListObjectVersions", { Bucket: "data" });
    const checksums = (members: Properties = {}) =>
      Object.fromEntries(Object.entries(members).filter(([name]) => name.startsWith("Checksum")));
    const [head, listed] = [await stage.call("HeadObject", read), Contents[0]];
    expect(checksums(got)).to.deep.equal(checksums(head));
    expect(checksums(Versions[0])).to.deep.equal(checksums(listed));
    return { head: checksums(head), listed: checksums(listed) };
  };

  it("has the kind of checksum that its algorithm has by default, and refuses what an algorithm cannot be", async () => {
    const kinds: Record<string, string> = {};
    for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]) {
      const answer = await stage.call("CreateMultipartUpload", { ...target, ChecksumAlgorithm });
      expect(answer["ChecksumAlgorithm"]).to.equal(ChecksumAlgorithm);
      kinds[ChecksumAlgorithm] = String(answer["ChecksumType"]);
    }
    expect(kinds).to.deep.equal({
      CRC32: "COMPOSITE",
      CRC32C: "COMPOSITE",
      CRC64NVME: "FULL_OBJECT",
      SHA1: "COMPOSITE",
      SHA256: "COMPOSITE",
    });
    expect(await stage.call("CreateMultipartUpload", target)).not.to.have.any.keys("ChecksumAlgorithm", "ChecksumType");
    const refused = async (ChecksumAlgorithm?: string, ChecksumType?: string) =>
      said(await refusal(start({ ChecksumAlgorithm, ChecksumType })));
    expect(await refused("TEST")).to.equal(
      "InvalidRequest: Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
    );
    expect(await refused(undefined, "COMPOSITE")).to.equal(
      "InvalidRequest: The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    );
    expect(await refused("CRC64NVME", "COMPOSITE")).to.equal(
      "InvalidRequest: The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.",
    );
    for (const algorithm of ["SHA1", "SHA256"]) {
      expect(await refused(algorithm, "FULL_OBJECT")).to.equal(
        `InvalidRequest: The FULL_OBJECT checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
      );
    }
    expect(await refused("CRC32", "WHOLE")).to.equal(
      "InvalidRequest: Value for x-amz-checksum-type header is invalid.",
    );
  });

  it("makes a composite checksum of the parts' ones, with their number, and wants each of them", async () => {
    const id = await start({ ChecksumAlgorithm: "CRC32" });
    const named = await upload(id, "CRC32");
    expect(named.map((one) => one["ChecksumCRC32"])).to.deep.equal(["NRU+Sw==", "NRU+Sw==", "TBHN8A=="]);
    const bare = named.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    const wrong = named.map((one) => ({ ...one, ...given("CRC32", Buffer.from("bbb")) }));
    expect(await refusal(complete(id, wrong))).to.deep.include({
      code: "InvalidPart",
      details: { UploadId: id, PartNumber: 1, ETag: "c4c753e69bb853187f5854c46cf801c6" },
    });
    expect(said(await refusal(complete(id, bare)))).to.equal(
      "InvalidRequest: The upload was created using a crc32 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.",
    );
    const others = bare.map((one, index) => ({ ...one, ...given("SHA256", PARTS[index] as Buffer) }));
    expect(said(await refusal(complete(id, others)))).to.equal(
      "BadDigest: The sha256 you specified for part 1 did not match what we received.",
    );
    expect(said(await refusal(complete(id, bare, { ChecksumType: "FULL_OBJECT" })))).to.equal(
      "InvalidRequest: The upload was created using the COMPOSITE checksum mode. The complete request must use the same checksum mode.",
    );
    expect(said(await refusal(complete(id, named, { ChecksumCRC32: "qSEQSA==" })))).to.equal(
      "BadDigest: The crc32 you specified did not match the calculated checksum.",
    );
    const whole = { ChecksumCRC32: "5FRUiw==-3", ChecksumType: "COMPOSITE" };
    expect(await complete(id, named, whole)).to.include({
      ETag: '"4d45984fc3feb2ac9b22683c49674b56-3"',
      ...whole,
    });
    expect(await shown()).to.deep.equal({
      head: whole,
      listed: { ChecksumAlgorithm: ["CRC32"], ChecksumType: "COMPOSITE" },
    });
    const copy = await stage.call("CopyObject", { Bucket: "data", Key: "copy", CopySource: "data/large" });
    expect(copy["CopyObjectResult"]).to.include({ ChecksumCRC32: "qSEQSA==", ChecksumType: "FULL_OBJECT" });
  });

  it("makes a full object's checksum of all bytes, and holds it against what the completion says", async () => {
    const id = await start({ ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const named = await upload(id, "CRC32");
    const mismatch = "BadDigest: The crc32 you specified did not match the calculated checksum.";
    const all = Buffer.concat(PARTS);
    for (const more of [given("CRC32", Buffer.from("bad")), given("CRC64NVME", all), { ChecksumCRC32: "5FRUiw==-3" }]) {
      expect(said(await refusal(complete(id, named, more)))).to.equal(mismatch);
    }
    expect(said(await refusal(complete(id, named, { ChecksumType: "COMPOSITE" })))).to.equal(
      "InvalidRequest: The upload was created using the FULL_OBJECT checksum mode. The complete request must use the same checksum mode.",
    );
    expect(await refusal(complete(id, [{ ...named[0], ...given("CRC32", Buffer.from("bbb")) }]))).to.include({
      code: "InvalidPart",
    });
    const whole = { ChecksumCRC32: "qSEQSA==", ChecksumType: "FULL_OBJECT" };
    expect(await complete(id, named, whole)).to.include(whole);
    expect(await shown()).to.deep.equal({
      head: whole,
      listed: { ChecksumAlgorithm: ["CRC32"], ChecksumType: "FULL_OBJECT" },
    });
  });

  it("takes parts in the upload's algorithm only; without a checksum only where it is not made of theirs", async () => {
    const abc = Buffer.from("abc");
    const composite = await start({ ChecksumAlgorithm: "SHA256" });
    const mismatch =
      "InvalidRequest: Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type";
    expect(said(await refusal(part(composite, 1, abc, given("CRC32", abc))))).to.equal(`${mismatch}: crc32`);
    expect(said(await refusal(part(composite, 1, abc)))).to.equal(`${mismatch}: null`);
    const full = await start({ ChecksumAlgorithm: "CRC32C", ChecksumType: "FULL_OBJECT" });
    const { ETag } = await part(full, 1, abc);
    expect(await complete(full, [{ PartNumber: 1, ETag }])).to.include({ ChecksumCRC32C: "Nks/tw==" });
    expect(said(await refusal(part(composite, 1, abc, { ChecksumSHA256: "AAAA" })))).to.equal(
      "InvalidRequest: Value for x-amz-checksum-sha256 header is invalid.",
    );
  });

  it("gives an upload that names no algorithm CRC64NVME, and keeps no checksum of its parts", async () => {
    const id = await start();
    const body = Buffer.from("aaa");
    const { ETag, ChecksumCRC32C } = await part(id, 1, body, given("CRC32C", body));
    expect(ChecksumCRC32C).to.equal("45fn2Q==");
    const one = { PartNumber: 1, ETag };
    for (const checksum of [given("CRC32C", body), given("SHA256", body)]) {
      expect(await refusal(complete(id, [{ ...one, ...checksum }]))).to.include({ code: "InvalidPart" });
    }
    for (const ChecksumType of ["FULL_OBJECT", "COMPOSITE"]) {
      expect(said(await refusal(complete(id, [one], { ChecksumType })))).to.equal(
        "InvalidRequest: The upload was created using the null checksum mode. The complete request must use the same checksum mode.",
      );
    }
    expect(said(await refusal(complete(id, [one], { MpuObjectSize: 5 })))).to.equal(
      "InvalidRequest: The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 3",
    );
    const whole = { ChecksumCRC64NVME: "Rnr2/5P7Gsk=", ChecksumType: "FULL_OBJECT" };
    expect(await complete(id, [one], { ChecksumCRC32C: "AAAAAA==-2" })).to.include(whole);
    expect(await shown()).to.deep.equal({
      head: whole,
      listed: { ChecksumAlgorithm: ["CRC64NVME"], ChecksumType: "FULL_OBJECT" },
    });
  });

  it("checks parts that are copied, and says on the wire where each member stands", async () => {
    await stage.put("part", "this is a part");
    const headers = { "x-amz-checksum-algorithm": "CRC32C" };
    const started = await wire(stage, "POST", "/data/large?uploads", { headers });
    expect(started.headers).to.include({ ...headers, "x-amz-checksum-type": "COMPOSITE" });
    const address = `/data/large?uploadId=${element("UploadId", started.text)}`;
    const copied = await wire(stage, "PUT", `${address}&partNumber=1`, {
      headers: { "x-amz-copy-source": "data/part" },
    });
    expect(element("ChecksumCRC32C", copied.text)).to.equal("iqJrOQ==");
    const done = await wire(stage, "POST", address, {
      body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${element("ETag", copied.text)}</ETag><ChecksumCRC32C>iqJrOQ==</ChecksumCRC32C></Part></CompleteMultipartUpload>`,
    });
    expect([element("ChecksumCRC32C", done.text), element("ChecksumType", done.text)]).to.deep.equal([
      "F9bAnw==-1",
      "COMPOSITE",
    ]);
    const head = await wire(stage, "HEAD", "/data/large", { headers: { "x-amz-checksum-mode": "ENABLED" } });
    expect(head.headers).to.include({ "x-amz-checksum-crc32c": "F9bAnw==-1", "x-amz-checksum-type": "COMPOSITE" });
  });
});
