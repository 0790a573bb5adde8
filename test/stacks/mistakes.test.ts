import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine } from "../../local/engine/engine.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A mistake that is printed with a stack and colours takes 20 to 40 s on some versions of Node, one that is not, about 2 s; what lies between
 * is left to a busy machine.
 */
const SOON_MS = 10_000;

const POC_CONFIG = `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["222222222222"]
  tributary:prodAccountId: "111111111111"
  tributary:pocAccountId: "222222222222"
  tributary:externalId: agreed-word
`;

describe("a user's mistake", () => {
  let folder: string;
  let cloud: Cloud;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "mistakes-")));
    cloud = new Cloud();
  });
  afterEach(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true });
  });

  /** The project as it is, in a folder of its own, with another program: it imports from `project`, the real one's folder. */
  function projectWith(program: string): string {
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", "package.json", "plain-errors.mjs"])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.poc.yaml"), POC_CONFIG);
    writeFileSync(join(folder, "index.ts"), program.replaceAll("project/", root));
    return folder;
  }

  async function failureOf(
    projectDir: string,
    stack: string,
    config: Readonly<Record<string, string>> = {},
    engine = new Engine({ cloud, projectDir, configOverrides: { [stack]: config } }),
  ): Promise<string[]> {
    const begin = performance.now();
    const error = await engine.up(stack).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(performance.now() - begin, "ms until it ended").to.be.below(SOON_MS);
    expect(error?.message, "no stack").not.to.match(/\n\s+at |node_modules/);
    return error?.message.split("\n") ?? [];
  }

  it("in the configuration ends with all mistakes", async () => {
    const lines = await failureOf(root, "poc", { "tributary:ttlDays": "-1", "tributary:tllDays": "1" });
    expect(lines).to.deep.equal([
      'error: The configuration of the stack "poc" has 2 mistakes:',
      '- tributary:ttlDays is "-1"; allowed is a whole number from 1 to 36500, or 0 (for ever). Type: pulumi config set tributary:ttlDays 0 --stack poc',
      "- tributary:tllDays is no key of this program (did you mean tributary:ttlDays?). Type: pulumi config rm tributary:tllDays --stack poc",
    ]);
  });

  it("in a component's args ends with what is allowed", async () => {
    const project = projectWith(`
      import { StreamPipeline } from "project/components/stream-pipeline/stream-pipeline.ts";
      export default async () => { new StreamPipeline("flow", { shardCount: 2 }); };
    `);
    expect(await failureOf(project, "poc")).to.deep.equal([
      'tributary:streaming:StreamPipeline (flow): error: "flow" has args that cannot work:',
      '- shardCount is 2; an on-demand stream chooses its own: leave it out, or write streamMode: "PROVISIONED"',
    ]);
  });

  it("in an argument that the provider refuses ends with its words", async () => {
    const project = projectWith(`
      import { StreamPipeline } from "project/components/stream-pipeline/stream-pipeline.ts";
      export default async () => {
        new StreamPipeline("flow", {}, { transform: { stream: (args) => { args.retentionPeriod = 1; } } });
      };
    `);
    const [line, ...rest] = await failureOf(project, "poc");
    expect(line).to.match(/^aws:kinesis\/stream:Stream \(flow-stream\): error: .*retentionPeriod/);
    expect(rest).to.deep.equal([]);
  });

  it("of deploying prod before the other stack has outputs ends with what to deploy", async () => {
    const project = projectWith(`
      import * as pulumi from "@pulumi/pulumi";
      import program from "project/index.ts";
      export default async () => (pulumi.getStack() === "poc" ? {} : program());
    `);
    const engine = new Engine({ cloud, projectDir: project });
    await engine.up("poc");
    expect(await failureOf(project, "prod", {}, engine)).to.deep.equal([
      'error: The stack "organization/tributary/poc" does not have the outputs that this one needs: writerRoleArn, tableName, region, indexedAttributes, ttlAttribute, ttlSeconds. Deploy it first, with this version of the program: pulumi up --stack poc',
      "Where its state cannot be read from here, give tributary:targetRoleArn, tributary:targetTableName and tributary:targetRegion instead.",
    ]);
  });

  it("of deploying prod where the other stack does not exist ends with the engine's words", async () => {
    expect(await failureOf(root, "prod")).to.deep.equal([
      'pulumi:pulumi:StackReference (tributary-poc-stack): error: unknown stack "organization/tributary/poc": deploy it first',
    ]);
  });
});
