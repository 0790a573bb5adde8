import { Sha256 } from "@aws-crypto/sha256-js";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import type { Credentials } from "../../../local/kernel/principal.ts";
import { ACCOUNT, calls, FrontDoorStage, MINUTE_MS, type SigningOptions, services } from "../front-door/stage.ts";

describe("front door, signatures", () => {
  let stage: FrontDoorStage;

  beforeEach(async () => {
    stage = await new FrontDoorStage().open();
  });

  afterEach(() => stage.close());

  const answerOf = async (service: keyof typeof calls, options: SigningOptions = {}) => {
    const { status, code } = await stage.send(await stage.sign(service, calls[service](), options));
    return `${status} ${code}`;
  };

  describe("refuses, in the words of each service,", () => {
    const unknown: Credentials = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" };
    const refusals: readonly [string, () => { at?: number; keys?: Credentials }, Record<string, string>][] = [
      [
        "an unknown key",
        () => ({ keys: unknown }),
        {
          logs: "400 UnrecognizedClientException",
          lambda: "403 UnrecognizedClientException",
          sts: "403 InvalidClientTokenId",
          s3: "403 InvalidAccessKeyId",
        },
      ],
      [
        "a signature by another secret",
        () => ({ keys: { ...stage.credentials, secretAccessKey: "x" } }),
        {
          logs: "400 InvalidSignatureException",
          lambda: "403 InvalidSignatureException",
          sts: "403 SignatureDoesNotMatch",
          s3: "403 SignatureDoesNotMatch",
        },
      ],
      [
        "a session token that is not the key's",
        () => ({ keys: { ...stage.credentials, sessionToken: "x" } }),
        {
          logs: "400 UnrecognizedClientException",
          lambda: "403 UnrecognizedClientException",
          sts: "403 InvalidClientTokenId",
          s3: "400 InvalidToken",
        },
      ],
      [
        "a request that was signed 16 minutes ago",
        () => ({ at: stage.cloud.clock.now() - 16 * MINUTE_MS }),
        {
          logs: "400 InvalidSignatureException",
          lambda: "403 InvalidSignatureException",
          sts: "403 SignatureDoesNotMatch",
          s3: "403 RequestTimeTooSkewed",
        },
      ],
    ];
    for (const [what, options, expected] of refusals) {
      it(what, async () => {
        const answers: Record<string, string> = {};
        for (const service of services) answers[service] = await answerOf(service, options());
        expect(answers).to.deep.equal(expected);
      });
    }

    it("an expired session", async () => {
      const role = stage.cloud.services.iam.store.addRole(
        { accountId: ACCOUNT, region: "us-east-1" },
        {
          name: "role",
          path: "/",
          trustPolicy: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
          },
          description: "",
          maxSessionDurationSeconds: 3600,
          tags: {},
        },
      );
      const session = stage.cloud.accounts.issueRoleSession({
        roleArn: role.arn,
        roleId: role.roleId,
        sessionName: "short",
        durationSeconds: 900,
      });
      expect(await answerOf("sts", { keys: session.credentials })).to.equal("200 null");
      await stage.cloud.clock.advance(900_000);
      const answers: Record<string, string> = {};
      for (const service of services) answers[service] = await answerOf(service, { keys: session.credentials });
      expect(answers).to.deep.equal({
        logs: "400 ExpiredTokenException",
        lambda: "403 ExpiredTokenException",
        sts: "403 ExpiredToken",
        s3: "400 ExpiredToken",
      });
    });

    it("a request without a signature", async () => {
      const answers: Record<string, string> = {};
      for (const [service, call] of Object.entries(calls)) {
        const { status, code } = await stage.send(call());
        answers[service] = `${status} ${code}`;
      }
      expect(answers).to.deep.equal({
        logs: "400 MissingAuthenticationTokenException",
        lambda: "403 MissingAuthenticationTokenException",
        sts: "403 MissingAuthenticationToken",
        s3: "403 AccessDenied",
      });
    });

    it("an Authorization header that is not SigV4's", async () => {
      const answer = await stage.send({
        ...calls.logs(),
        headers: { ...calls.logs().headers, authorization: "Bearer x" },
      });
      expect(`${answer.status} ${answer.code}`).to.equal("400 IncompleteSignatureException");
      const half = await stage.send({
        ...calls.sts(),
        headers: { ...calls.sts().headers, authorization: "AWS4-HMAC-SHA256 Credential=a" },
      });
      expect(`${half.status} ${half.code}`).to.equal("400 IncompleteSignature");
    });
  });

  it("refuses a request whose body, header, path or query was changed after it was signed", async () => {
    const signed = await stage.sign("logs", calls.logs());
    expect((await stage.send(signed)).status).to.equal(200);
    const headers = { ...signed.headers, "x-amz-target": "Logs_20140328.CreateLogGroup" };
    for (const tampered of [
      { ...signed, body: '{"limit":1}' },
      { ...signed, headers },
      { ...signed, path: "/x" },
      { ...signed, path: "/?a=b" },
    ]) {
      expect((await stage.send(tampered)).code).to.equal("InvalidSignatureException");
    }
  });

  it("takes a request that is in time by cloud time or by this machine's, and refuses one that is by neither", async () => {
    await stage.cloud.clock.advance(120 * MINUTE_MS);
    expect(await answerOf("logs", { at: stage.cloud.clock.now() + 14 * MINUTE_MS })).to.equal("200 null");
    expect(await answerOf("logs", { at: Date.now() - 14 * MINUTE_MS })).to.equal("200 null");
    expect(await answerOf("logs", { at: Date.now() + 60 * MINUTE_MS })).to.equal("400 InvalidSignatureException");
    expect(await answerOf("logs", { at: stage.cloud.clock.now() + 16 * MINUTE_MS })).to.equal(
      "400 InvalidSignatureException",
    );
  });

  it("dates its answers by cloud time, so that an SDK whose clock is ten hours wrong mends it and gets through", async () => {
    await stage.cloud.clock.advance(24 * 60 * MINUTE_MS);
    const client = new STSClient({ ...stage.clientConfig(), systemClockOffset: 600 * MINUTE_MS, maxAttempts: 2 });
    try {
      expect((await client.send(new GetCallerIdentityCommand({}))).Account).to.equal(ACCOUNT);
      expect(Math.abs(client.config.systemClockOffset - (stage.cloud.clock.now() - Date.now()))).to.be.below(
        5 * MINUTE_MS,
      );
    } finally {
      client.destroy();
    }
  });

  it("asks for version 4 where a request of S3 is signed by version 2, in its URL or its header", async () => {
    const query = `AWSAccessKeyId=${stage.credentials.accessKeyId}&Expires=1796056582&Signature=TF6OK85X%3D`;
    const byQuery = await stage.send({ method: "GET", path: `/data/k?${query}`, headers: {} });
    const authorization = `AWS ${stage.credentials.accessKeyId}:TF6OK85X=`;
    const byHeader = await stage.send({ method: "GET", path: "/data/k", headers: { authorization } });
    for (const { status, code, message } of [byQuery, byHeader])
      expect([status, code, message]).to.deep.equal([
        400,
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
      ]);
  });

  it("takes a presigned URL until it ends", async () => {
    const signer = new SignatureV4({
      service: "sts",
      region: "us-east-1",
      credentials: stage.credentials,
      sha256: Sha256,
    });
    const { query } = await signer.presign(
      {
        method: "GET",
        protocol: "http:",
        hostname: "127.0.0.1",
        path: "/",
        headers: { host: stage.host },
        query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      },
      { expiresIn: 60, signingDate: new Date(stage.cloud.clock.now()) },
    );
    const url = `${stage.endpoint}/?${new URLSearchParams(query as Record<string, string>)}`;
    expect(await (await fetch(url)).text()).to.include(`<Account>${ACCOUNT}</Account>`);
    expect((await fetch(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"))).status).to.equal(403);
    const late = { expiresIn: 60, signingDate: new Date(stage.cloud.clock.now() - 61_000) };
    const expired = await signer.presign(
      {
        method: "GET",
        protocol: "http:",
        hostname: "127.0.0.1",
        path: "/",
        headers: { host: stage.host },
        query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      },
      late,
    );
    const answer = await fetch(`${stage.endpoint}/?${new URLSearchParams(expired.query as Record<string, string>)}`);
    expect(answer.status).to.equal(403);
    expect(await answer.text()).to.include("Signature expired");
  });
});
