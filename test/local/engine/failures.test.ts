import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine, type EngineOptions } from "../../../local/engine/engine.ts";
import { DeploymentError } from "../../../local/engine/errors.ts";
import { startProcess } from "../../../local/engine/program.ts";
import { AwsError, UserError } from "../../../local/kernel/errors.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startInProcess } from "../../support/in-process.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");
const cloud = new Cloud();

function engineWith(
  configOverrides: Record<string, Record<string, string>>,
  options: Partial<EngineOptions> = {},
): Engine {
  return new Engine({
    newProvider: localProviders(cloud, testRegistry()),
    projectDir,
    configOverrides,
    start: startInProcess,
    ...options,
  });
}

/** The message that the deployment of a program with this mistake ends with. */
async function mistake(name: string, options: Partial<EngineOptions> = {}): Promise<string> {
  const engine = engineWith({ dev: { program: "broken", mistake: name } }, options);
  const error = await engine.up("dev").catch((reason: unknown) => reason);
  expect(error).to.be.instanceOf(DeploymentError).and.instanceOf(UserError);
  expect(engine.outputs("dev")).to.equal(undefined);
  return (error as Error).message;
}

/** A promise and what resolves it. */
function signal(): [Promise<void>, () => void] {
  let send = () => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  return [sent, send];
}

describe("the embedded engine, when a deployment fails,", () => {
  after(() => cloud.close());

  it("finishes operations in progress, and ends", async () => {
    const order: string[] = [];
    const [slowBegan, beginSlow] = signal();
    const [wasRefused, refuse] = signal();
    const registry = testRegistry({
      slow: async () => {
        beginSlow();
        await wasRefused;
        await new Promise((resolve) => setImmediate(resolve));
        order.push("slow was made");
      },
      refused: async () => {
        await slowBegan;
        order.push("refused");
        refuse();
        throw new AwsError("LimitExceededException", "too many things");
      },
    });
    const message = await mistake("inFlight", { newProvider: localProviders(cloud, registry) });
    expect(message).to.equal("aws:test/thing:Thing (refused): error: LimitExceededException: too many things");
    expect(order).to.deep.equal(["refused", "slow was made"]);
    expect([...registry.things.keys()].join()).to.match(/^slow-[0-9a-f]{7}$/);
  });

  it("reports all mistakes sent by the program, one line each, and creates nothing more", async () => {
    const registry = testRegistry();
    const message = await mistake("many", { newProvider: localProviders(cloud, registry) });
    const type = "aws:test/thing:Thing";
    const argument = `The local cloud does not support this argument for ${type}.`;
    expect(message.split("\n")).to.have.members([
      `${type} (twin): error: Duplicate resource URN 'urn:pulumi:dev::fixture::${type}::twin'; try giving it a unique name`,
      `${type} (untyped): error: ${type} resource 'untyped': property size value {large} has a problem: ` +
        "Invalid input: expected number, received string",
      `${type} (untyped): error: ${type} resource 'untyped': property sise value {1} has a problem: ${argument} ` +
        "It supports: code, name, note, settings, size, tags.",
      `${type} (untyped): error: ${type} resource 'untyped': property settings.plan value {b} has a problem: ${argument}`,
      `${type} (unlucky): error: ${type} resource 'unlucky': property size value {13} has a problem: is unlucky`,
      `${type} (missing): error: resource 'gone' does not exist`,
      "aws:test/other:Other (other): error: The local cloud does not support the resource type aws:test/other:Other. " +
        `It supports: ${type}.`,
      "random:index/randomId:RandomId (id): error: The local cloud does not support the package random. It supports: aws.",
      "awsx:ec2:Vpc (vpc): error: The local cloud does not support remote components (awsx:ec2:Vpc).",
    ]);
    expect(registry.calls).to.deep.equal([]);
  });

  describe("by the program,", () => {
    let found: Record<string, string>;
    before(async () => {
      const names = ["exit", "neverResolves"];
      const neverEnds = mistake("neverEnds", { hangLimitMs: 2000, start: startProcess });
      const results = await Promise.all(
        names.map(async (name) => [name, await mistake(name, { start: startProcess })]),
      );
      found = { ...Object.fromEntries(results), neverEnds: await neverEnds };
    });

    it("prints a program's RunError unchanged, without a stack", async () => {
      expect(await mistake("runError")).to.equal("error: fixture:namePrefix is wrong\nwrite something else");
    });

    it("reports the exit code of a failed program, and its last output", () => {
      expect(found.exit).to.equal("error: the program ended with exit code 3:\ncannot go on");
    });

    it("reports a program that waits for a promise that never resolves", () => {
      expect(found.neverResolves).to.equal(
        "error: the program ended before its outputs were known: something that it waits for never resolves",
      );
    });

    it("stops a program that neither ends nor makes a call", () => {
      expect(found.neverEnds).to.equal("error: the program made no call for 2 s: stopped it");
    });

    it("says in one line which argument of an invoke was refused", async () => {
      expect(await mistake("invoke")).to.equal(
        "error: Invoke of 'aws:test/getWhere:getWhere' failed: The local cloud does not support this argument for " +
          "aws:test/getWhere:getWhere. It supports: question. (loudly)",
      );
    });
  });

  it("kills running programs when it is closed", async () => {
    const engine = engineWith({ dev: { program: "broken", mistake: "neverEnds" } }, { start: startProcess });
    const failure = failureOf(engine.up("dev"));
    await engine.close();
    expect(await failure).to.equal("error: the deployment was cancelled");
  });

  describe("by its configuration,", () => {
    it("does not start the program, and names the stack, key or file", async () => {
      expect(await failureOf(engineWith({}).up("nowhere"))).to.equal(
        "error: no stack named 'nowhere' found; the project has 'dev', 'other'",
      );
      expect(
        await failureOf(new Engine({ newProvider: localProviders(cloud), projectDir: import.meta.dirname }).up("dev")),
      ).to.equal(`error: no Pulumi.yaml project file found in ${import.meta.dirname}`);
    });

    it("reports all mistakes in the provider's configuration, once for all resources and invokes", async () => {
      const overrides = {
        "aws:region": "us-esat-1",
        "aws:allowedAccountIds": "[111111111111, 222222222222]",
        "aws:profile": "default",
        program: "whole",
      };
      const message = await failureOf(engineWith({ dev: overrides }).up("dev"));
      const lines = message.split("\n").map((line) => line.replace(/^.*?'default': property /, ""));
      expect(lines).to.deep.equal([
        "region value {us-esat-1} has a problem: is not a region such as us-east-1",
        "profile value {default} has a problem: The local cloud does not support this argument in the provider's configuration. " +
          "It supports: accessKey, allowedAccountIds, assumeRoles, defaultTags, forbiddenAccountIds, region, secretKey, " +
          "skipCredentialsValidation, skipMetadataApiCheck, skipRegionValidation, skipRequestingAccountId, token, version.",
        "allowedAccountIds value {[111111111111, 222222222222]} has a problem: must name exactly one account, and names 2: it " +
          "decides where the resources are made, unless accessKey and secretKey do",
      ]);
    });
  });
});

describe("a stack reference", () => {
  const account = { "aws:region": "us-east-1", "aws:allowedAccountIds": '["111111111111"]' };
  const referenceTo = (source: string) => ({ ...account, program: "reference", source });

  it("waits for the stack that is being deployed, whichever was started first", async () => {
    const engine = engineWith({ dev: { program: "source" }, before: referenceTo("dev"), after: referenceTo("dev") });
    const [before, dev, after] = await Promise.all(["before", "dev", "after"].map((stack) => engine.up(stack)));
    const outputs = {
      arn: dev?.outputs.arn,
      note: { secret: true, value: "between us" },
      missing: "no such output",
    };
    expect(before?.outputs).to.deep.equal(outputs);
    expect(after?.outputs).to.deep.equal(outputs);
  });

  it("to a missing stack, or one that waits for this one, is an error for both", async () => {
    const engine = engineWith({ dev: referenceTo("other"), other: referenceTo("dev"), third: referenceTo("nowhere") });
    const [dev, other, third] = await Promise.all(
      ["dev", "other", "third"].map((stack) => failureOf(engine.up(stack))),
    );
    const at = "pulumi:pulumi:StackReference (source): error:";
    expect([dev, other]).to.have.members(
      dev?.includes("each other")
        ? [
            `${at} stacks refer to each other: dev -> other -> dev`,
            `${at} the referenced stack "organization/fixture/dev" failed to deploy`,
          ]
        : [
            `${at} stacks refer to each other: other -> dev -> other`,
            `${at} the referenced stack "organization/fixture/other" failed to deploy`,
          ],
    );
    expect(third).to.equal(`${at} unknown stack "organization/fixture/nowhere": deploy it first`);
  });
});
