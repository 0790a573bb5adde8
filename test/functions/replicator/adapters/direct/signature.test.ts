import { spawnSync } from "node:child_process";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import { createSigner } from "../../../../../functions/replicator/adapters/direct/signature.ts";

const CONTEXT = {
  region: "eu-west-1",
  service: "dynamodb",
  host: "dynamodb.eu-west-1.amazonaws.com",
  contentType: "application/x-amz-json-1.0",
  target: "DynamoDB_20120810.BatchWriteItem",
};
const CREDENTIALS = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "sec/ret+key", sessionToken: "tok//en+==" };
const NOW = Date.UTC(2026, 1, 28, 23, 59, 59, 999);
const BODIES = ["", "{}", '{"RequestItems":{"é😀":[]}}', "x".repeat(30_000)];

function sign(body: string, credentials = CREDENTIALS, now = NOW): Record<string, string> {
  const list = createSigner(CONTEXT).sign(Buffer.from(body), credentials, now);
  return Object.fromEntries(list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1] ?? ""]] : [])));
}

/** The headers that are signed, without the two that signing makes. */
function signedHeaders(headers: Record<string, string>): Record<string, string> {
  const { authorization = "", ...rest } = headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
  return Object.fromEntries(names.map((name) => [name, rest[name] ?? ""]));
}

/** Signs by botocore: AWS's own, and written by others in another language. */
const BY_BOTOCORE = `
import json, sys, datetime
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
import botocore.auth
case = json.load(sys.stdin)
now = datetime.datetime.fromtimestamp(case["now"] / 1000, datetime.timezone.utc)
class Clock(datetime.datetime):
    @classmethod
    def utcnow(cls): return now.replace(tzinfo=None)
    @classmethod
    def now(cls, tz=None): return now
for name in ("get_current_datetime",):
    if hasattr(botocore.auth, name): setattr(botocore.auth, name, lambda *_, **__: now.replace(tzinfo=None))
botocore.auth.datetime = type("m", (), {"datetime": Clock, "timezone": datetime.timezone})
out = []
for body in case["bodies"]:
    headers = dict(case["headers"], **{"content-length": str(len(body.encode()))})
    request = AWSRequest(method="POST", url="https://" + case["host"] + "/", data=body.encode(), headers=headers)
    request.context["payload_signing_enabled"] = True
    class Signer(SigV4Auth):
        def headers_to_sign(self, r):
            h = super().headers_to_sign(r)
            h["x-amz-content-sha256"] = self.payload(r)
            return h
    Signer(Credentials(*case["credentials"]), "dynamodb", case["region"]).add_auth(request)
    out.append(request.headers["Authorization"])
print(json.dumps(out))
`;

describe("createSigner", () => {
  it("signs as @smithy/signature-v4 does", async () => {
    const byLibrary = new SignatureV4({
      service: CONTEXT.service,
      region: CONTEXT.region,
      credentials: CREDENTIALS,
      sha256: Sha256,
      applyChecksum: true,
    });
    for (const body of BODIES) {
      const headers = sign(body);
      const { "x-amz-date": _date, "x-amz-security-token": _token, ...given } = signedHeaders(headers);
      const signed = await byLibrary.sign(
        { method: "POST", protocol: "https:", hostname: CONTEXT.host, path: "/", query: {}, headers: given, body },
        { signingDate: new Date(NOW) },
      );
      expect(headers["authorization"]).to.equal(signed.headers["authorization"]);
      expect(headers["x-amz-date"]).to.equal("20260228T235959Z");
    }
  });

  it("signs as botocore does", function () {
    const { "content-type": type = "", "x-amz-target": target = "" } = sign("");
    const input = {
      now: NOW,
      host: CONTEXT.host,
      region: CONTEXT.region,
      credentials: Object.values(CREDENTIALS),
      headers: { "content-type": type, "x-amz-target": target },
      bodies: BODIES,
    };
    if (spawnSync("python3", ["-c", "import botocore"]).status !== 0) this.skip();
    const { stdout, stderr } = spawnSync("python3", ["-c", BY_BOTOCORE], {
      input: JSON.stringify(input),
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    expect(BODIES.map((body) => sign(body)["authorization"])).to.deep.equal(JSON.parse(stdout));
  });

  it("takes another key with another session, and on another day", () => {
    const signer = createSigner(CONTEXT);
    const authorization = (credentials: typeof CREDENTIALS, now: number) =>
      signer.sign(Buffer.from("{}"), credentials, now).at(-1);
    const other = { ...CREDENTIALS, secretAccessKey: "another" };
    const first = authorization(CREDENTIALS, NOW);
    expect(authorization(other, NOW)).to.equal(sign("{}", other)["authorization"]).and.not.equal(first);
    expect(authorization(other, NOW + 1)).to.equal(sign("{}", other, NOW + 1)["authorization"]);
    expect(authorization(CREDENTIALS, NOW)).to.equal(first);
  });
});
