import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { IngestGatewayOptions } from "../../components/ingest-gateway/args.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { isWarnedOfByGateway } from "../../mapping-templates/missing-reference-warnings.ts";
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
      integration(args, _opts, name) {
        if (name.endsWith("post-events")) args.requestTemplates = json(pulumi.secret("#if($token.abcdef)x#end"));
      },
    };
    const said = await warnings({ transform });
    expect(said).to.have.length(1);
    expect(said[0]).to.contain(
      `gate-integration-post-events: requestTemplates["application/json"]: line 1 tests the truth of a reference (not quoted: `,
    );
    expect(said[0]).not.to.contain("abcdef");
  });

  it("stand for the local provider's too, for every template that the gateway makes and for no other", async () => {
    const urns = await new Promise<string[]>((resolve) => {
      void record(() => {
        const gate = new IngestGateway("gate", { stream, cors: { allowOrigins: ["*"] } });
        const { integrations, integrationResponses } = gate.nodes;
        const mine = new aws.apigateway.Integration(
          "mine",
          { restApi: "a", resourceId: "b", httpMethod: "GET", type: "MOCK" },
          { parent: gate },
        );
        const made = [...Object.values(integrations), ...Object.values(integrationResponses)];
        pulumi.all([mine.urn, gate.nodes.restApi.urn, ...made.map(({ urn }) => urn)]).apply(resolve);
      });
    });
    const [mine = "", restApi = "", ...made] = urns;
    expect(made.length).to.be.greaterThan(10);
    expect(made.filter((urn) => !isWarnedOfByGateway(urn))).to.deep.equal([]);
    expect([mine, restApi].filter(isWarnedOfByGateway)).to.deep.equal([]);
  });
});
