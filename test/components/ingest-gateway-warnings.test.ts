import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { IngestGatewayOptions } from "../../components/ingest-gateway/args.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { record } from "../support/mocks.ts";

const stream = { name: "clicks", arn: "arn:aws:kinesis:eu-west-1:111111111111:stream/clicks" };
const json = (template: pulumi.Input<string>) => ({ "application/json": template });

/** What the program logs as warnings; without an engine, the SDK says it on the console. */
async function warnings(options: IngestGatewayOptions): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => said.push(text);
  try {
    await record(() => new IngestGateway("gate", { stream, cors: { allowOrigins: ["*"] } }, options));
    // The checks of what the last resource was given.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    console.warn = warn;
  }
  return said.map((text) => text.replace(/^warning: \[runtime\] /, "").replace(/, which may be missing.*$/, "")).sort();
}

describe("IngestGateway's warnings", () => {
  it("are none of its own templates", async () => {
    expect(await warnings({})).to.deep.equal([]);
  });

  it("name the child, the template and the line of a transform's template that tests the truth of what may be missing", async () => {
    const transform: IngestGatewayOptions["transform"] = {
      integration(args, _opts, name) {
        if (name.endsWith("post-events")) args.requestTemplates = json("{\n#if($input.params('x'))x#end}");
      },
      integrationResponse(args, _opts, name) {
        if (name.endsWith("batch-200")) args.responseTemplates = json("#if($input.path('$.a') && true)x#end");
      },
    };
    expect(await warnings({ transform })).to.deep.equal([
      `gate-integration-post-events: requestTemplates["application/json"]: line 2 tests the truth of $input.params('x')`,
      `gate-integration-response-post-events-batch-200: responseTemplates["application/json"]: line 1 tests the truth of $input.path('$.a')`,
    ]);
  });

  it("do not quote a secret", async () => {
    const transform: IngestGatewayOptions["transform"] = {
      integration(args) {
        args.requestTemplates = json(pulumi.secret("#if($token.abcdef)x#end"));
      },
    };
    expect(await warnings({ transform })).to.deep.equal([]);
  });
});
