import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine } from "../../../local/engine/engine.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";
import { UNKNOWN } from "../../../local/resource-types/wire-values.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startInProcess } from "../../support/in-process.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");

describe("the embedded engine, with providers,", () => {
  const cloud = new Cloud();
  after(() => cloud.close());
  const engineWith = (config: Record<string, string>, registry = testRegistry()) =>
    new Engine({
      newProvider: localProviders(cloud, registry),
      projectDir,
      configOverrides: { dev: config },
      start: startInProcess,
    });

  it("previews resources of a provider with unknown configuration, and creates them once it is known", async () => {
    const registry = testRegistry();
    const engine = engineWith({ program: "provider" }, registry);
    const preview = await engine.preview("dev");
    expect(preview.summary).to.include({ created: 4 });
    expect(preview.outputs).to.deep.equal({ arn: UNKNOWN, note: UNKNOWN });
    expect(registry.calls).to.deep.equal([]);
    const { outputs } = await engine.up("dev");
    expect(outputs["arn"]).to.match(/^arn:aws:test:eu-west-1:111111111111:thing\/second-/);
  });

  it("reports once, in AWS's words, that a role cannot be assumed, however many resources use its provider", async () => {
    const roleArn = "arn:aws:iam::111111111111:role/nobody";
    const config = { program: "whole", "aws:assumeRoles": JSON.stringify([{ roleArn }]) };
    const message = await failureOf(engineWith(config).up("dev"));
    expect(message).to.match(
      /^pulumi:providers:aws \(default\): error: pulumi:providers:aws resource 'default' has a problem: Cannot assume IAM Role: IAM Role \(\S+\) cannot be assumed\. .* api error AccessDenied: User: arn:aws:iam::111111111111:user\/administrator is not authorized to perform: sts:AssumeRole on resource: \S+\. The local cloud has no such role: .*$/,
    );
  });
});
