import { createHash, createHmac } from "node:crypto";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { Properties } from "../../../local/resource-types/resource-type.ts";
import { ACCOUNT, FrontDoorStage, type WireRequest } from "../front-door/stage.ts";

describe("front door, bodies for S3", () => {
  let stage: FrontDoorStage;
  let s3: S3Client;

  beforeEach(async () => {
    stage = await new FrontDoorStage().open();
    s3 = new S3Client(stage.clientConfig());
    const bucketType = stage.cloud.registry.resourceTypes.get("aws:s3/bucket:Bucket");
    await bucketType?.create(bucketType.inputs.parse({ bucket: "bucket" }) as Properties, {
      store: undefined,
      principal: stage.cloud.accounts.ensure(ACCOUNT).administrator.principal,
      accountId: ACCOUNT,
      region: "us-east-1",
      partition: "aws",
      urn: "",
      defaultTags: {},
    });
  });

  afterEach(async () => {
    s3.destroy();
    await stage.close();
  });

  const stored = async (Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket: "bucket", Key }))).Body?.transformToString();

  it("takes a body as an SDK streams it: in chunks, with a checksum behind", async () => {
    const text = "a line\n".repeat(30_000);
    const seen: string[] = [];
    s3.middlewareStack.add(
      (next) => (args) => {
        seen.push((args.request as { headers: Record<string, string> }).headers["x-amz-content-sha256"] ?? "");
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    const put = { Bucket: "bucket", Key: "dir/a b+c.txt", Body: Readable.from([text]), ContentLength: text.length };
    await s3.send(new PutObjectCommand(put));
    expect(seen).to.deep.equal(["STREAMING-UNSIGNED-PAYLOAD-TRAILER"]);
    expect(await stored("dir/a b+c.txt")).to.equal(text);
  });

  const hex = (data: string) => createHash("sha256").update(data).digest("hex");

  async function signedChunks(change: (body: string) => string = (body) => body): Promise<WireRequest> {
    const signed = await stage.sign("s3", {
      method: "PUT",
      path: "/bucket/chunks",
      headers: {
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "x-amz-decoded-content-length": "10",
        "content-encoding": "aws-chunked",
      },
    });
    const hmac = (key: Buffer | string, data: string) => createHmac("sha256", key).update(data).digest();
    const timestamp = signed.headers["x-amz-date"] ?? "";
    const scope = [timestamp.slice(0, 8), "us-east-1", "s3", "aws4_request"];
    const key = scope.reduce<Buffer | string>(
      (last, part) => hmac(last, part),
      `AWS4${stage.credentials.secretAccessKey}`,
    );
    let previous = /Signature=(\w+)/.exec(signed.headers["authorization"] ?? "")?.[1] ?? "";
    const body = ["hello ", "gate", ""]
      .map((chunk) => {
        const text = ["AWS4-HMAC-SHA256-PAYLOAD", timestamp, scope.join("/"), previous, hex(""), hex(chunk)].join("\n");
        previous = hmac(key, text).toString("hex");
        return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
      })
      .join("");
    return { ...signed, body: change(body) };
  }

  it("takes chunks that are signed, each with the signature of the one before in its own", async () => {
    expect((await stage.send(await signedChunks())).status).to.equal(200);
    expect(await stored("chunks")).to.equal("hello gate");
  });

  it("refuses chunks of which one was changed, or that end too early", async () => {
    expect((await stage.send(await signedChunks((body) => body.replace("gate", "gute")))).code).to.equal(
      "SignatureDoesNotMatch",
    );
    expect((await stage.send(await signedChunks((body) => body.slice(0, 120)))).code).to.equal("IncompleteBody");
  });

  it("refuses a body whose hash is not the one in its header", async () => {
    const headers = { "x-amz-content-sha256": hex("hello") };
    const put = (body: string) => stage.sign("s3", { method: "PUT", path: "/bucket/plain", headers, body });
    expect((await stage.send(await put("hello"))).status).to.equal(200);
    expect((await stage.send({ ...(await put("hello")), body: "jello" })).code).to.equal("XAmzContentSHA256Mismatch");
  });

  it("finds the bucket in the host, where some clients put it", async () => {
    await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "key", Body: "in the host" }));
    const hostHeader = `bucket.localhost:${stage.port}`;
    const signed = await stage.sign("s3", {
      method: "GET",
      path: "/key",
      headers: { host: hostHeader, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    });
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(stage.port, "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString();
      });
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
      const lines = Object.entries({ ...signed.headers, connection: "close" }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      socket.write(`GET /key HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    });
    expect(answer).to.match(/^HTTP\/1\.1 200 OK[\s\S]*\r\n\r\nin the host$/);
  });
});
