import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { Credentials } from "../../local/kernel/principal.ts";
import { ACCOUNT, FrontDoorStage, MINUTE_MS } from "../local/front-door/stage.ts";
import { refusal, temporaryRole } from "../support/iam-clients.ts";

/** A signed request, as it stands before it leaves the SDK. */
interface SignedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

const EXPIRED = "The security token included in the request is expired";
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

describe("sessions and signatures of the SDK", () => {
  let stage: FrontDoorStage;
  const clients: { destroy(): void }[] = [];

  beforeEach(async () => {
    stage = await new FrontDoorStage().open();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await stage.close();
  });

  const config = (credentials: Credentials) => ({ ...stage.clientConfig(), forcePathStyle: true, credentials });
  const opened = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };

  it("an expired session is refused by every service in its own words, until a new one is taken", async () => {
    const { arn } = temporaryRole(stage.cloud, ACCOUNT, {
      name: "reader",
      trust: { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "sts:AssumeRole" },
      statement: {
        Effect: "Allow",
        Action: ["dynamodb:ListTables", "kinesis:ListStreams", "s3:ListAllMyBuckets"],
        Resource: "*",
      },
    });
    const assume = async (): Promise<Credentials> => {
      const sts = opened(new STSClient(config(stage.credentials)));
      const input = { RoleArn: arn, RoleSessionName: "test", DurationSeconds: 900 };
      const { Credentials: issued } = await sts.send(new AssumeRoleCommand(input));
      return {
        accessKeyId: issued?.AccessKeyId ?? "",
        secretAccessKey: issued?.SecretAccessKey ?? "",
        sessionToken: issued?.SessionToken ?? "",
      };
    };
    const callsAs = (credentials: Credentials) => ({
      dynamodb: () => opened(new DynamoDBClient(config(credentials))).send(new ListTablesCommand({})),
      kinesis: () => opened(new KinesisClient(config(credentials))).send(new ListStreamsCommand({})),
      sts: () => opened(new STSClient(config(credentials))).send(new GetCallerIdentityCommand({})),
      s3: () => opened(new S3Client(config(credentials))).send(new ListBucketsCommand({})),
    });
    const calls = callsAs(await assume());
    await stage.cloud.clock.advance(15 * MINUTE_MS - 1);
    for (const call of Object.values(calls)) expect((await call()).$metadata.httpStatusCode).to.equal(200);
    await stage.cloud.clock.advance(1);
    expect(await refusal(calls.dynamodb())).to.deep.equal({ name: "ExpiredTokenException", message: EXPIRED });
    expect(await refusal(calls.kinesis())).to.deep.equal({ name: "ExpiredTokenException", message: EXPIRED });
    expect(await refusal(calls.sts())).to.deep.equal({ name: "ExpiredToken", message: EXPIRED });
    expect(await refusal(calls.s3())).to.deep.equal({
      name: "ExpiredToken",
      message: "The provided token has expired.",
    });
    for (const call of Object.values(callsAs(await assume())))
      expect((await call()).$metadata.httpStatusCode).to.equal(200);
  });

  /** A client of DynamoDB whose signed requests pass through `change` before they leave. */
  function client(change: (request: SignedRequest) => void): DynamoDBClient {
    const { requestHandler } = opened(new DynamoDBClient(config(stage.credentials))).config;
    return opened(
      new DynamoDBClient({
        ...config(stage.credentials),
        requestHandler: {
          handle: (...[request, options]: Parameters<typeof requestHandler.handle>) => {
            change(request as unknown as SignedRequest);
            return requestHandler.handle(request, options);
          },
        },
      }),
    );
  }

  it("a request that was changed after it was signed is refused: its body, a signed header, its path, its signature", async () => {
    const changes: Readonly<Record<string, (request: SignedRequest) => void>> = {
      body: (request) => {
        request.body = '{"Limit":1}';
        request.headers["content-length"] = "11";
      },
      header: ({ headers }) => {
        headers["x-amz-target"] = "DynamoDB_20120810.DescribeLimits";
      },
      path: (request) => {
        request.path = "/other";
      },
      signature: ({ headers }) => {
        const { authorization = "" } = headers;
        headers["authorization"] = authorization.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
      },
    };
    for (const [name, change] of Object.entries(changes))
      expect(await refusal(client(change).send(new ListTablesCommand({}))), name).to.deep.equal({
        name: "InvalidSignatureException",
        message: MISMATCH,
      });
    expect((await client(() => undefined).send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
  });

  it("a request that is sent again is taken within 15 minutes of its signing, and refused after them", async () => {
    let captured: SignedRequest | undefined;
    const dynamodb = client((request) => {
      captured = request;
    });
    await dynamodb.send(new ListTablesCommand({}));
    const { headers, body } = captured ?? expect.fail("nothing was sent");
    const { host: _host, "content-length": _length, ...rest } = headers;
    const replay = async () => {
      const answer = await fetch(`${stage.endpoint}/`, {
        method: "POST",
        headers: rest,
        body: typeof body === "string" ? body : (body as Uint8Array<ArrayBuffer>),
      });
      return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
    };
    expect(await replay()).to.deep.equal({ status: 200, TableNames: [] });

    // A request is in time by cloud time or by this machine's: both go on.
    const machineNow = Date.now;
    const passed = 16 * MINUTE_MS;
    Date.now = () => machineNow() + passed;
    try {
      await stage.cloud.clock.advance(passed);
      const refused = await replay();
      expect(refused.status).to.equal(400);
      expect(refused)
        .to.have.property("__type")
        .that.matches(/InvalidSignatureException$/);
      expect(refused)
        .to.have.property("message")
        .that.matches(/^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/);
    } finally {
      Date.now = machineNow;
    }
  });
});
