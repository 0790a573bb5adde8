import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine } from "../../local/engine/engine.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * CPU seconds until a program has ended with its mistake. Printed with a stack and colours, a mistake takes 20 to 40 s on some versions of Node; as
 * it is, a program takes about 1.5, which is well below 3 s of anyone's time. Seconds of the CPU, because those of the clock are other programs' too
 * on a busy machine; 5 of them, for a slow one.
 */
const CPU_SECONDS = 5;

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

  /** The project as it is, in a folder of its own, with another program: it imports from `project/`, the real one's folder. */
  function projectWith(program: string): string {
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", "package.json", "plain-errors.mjs"])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.poc.yaml"), POC_CONFIG);
    writeFileSync(
      join(folder, "index.ts"),
      `import { writeFileSync } from "node:fs";
      process.once("exit", () => writeFileSync("cpu.json", JSON.stringify(process.cpuUsage())));
      ${program.replaceAll("project/", root)}`,
    );
    return folder;
  }

  /** CPU seconds of the program that ended last; undefined when it was ended by the engine, and so printed nothing. */
  function cpuSeconds(): number | undefined {
    const file = join(folder, "cpu.json");
    if (!existsSync(file)) return undefined;
    const { user, system } = JSON.parse(readFileSync(file, "utf8")) as NodeJS.CpuUsage;
    return (user + system) / 1_000_000;
  }

  async function failureOf(
    projectDir: string,
    stack: string,
    config: Readonly<Record<string, string>> = {},
    engine = new Engine({ cloud, projectDir, configOverrides: { [stack]: config } }),
  ): Promise<string[]> {
    rmSync(join(folder, "cpu.json"), { force: true });
    const error = await engine.up(stack).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message, "no stack").not.to.match(/\n\s+at |node_modules/);
    return error?.message.split("\n") ?? [];
  }

  it("in the configuration ends with all mistakes", async () => {
    const project = projectWith(`export { default } from "project/index.ts";`);
    const lines = await failureOf(project, "poc", { "tributary:ttlDays": "-1", "tributary:tllDays": "1" });
    expect(lines).to.deep.equal([
      'error: The configuration of the stack "poc" has 2 mistakes:',
      '- tributary:ttlDays is "-1"; allowed is a whole number from 1 to 36500, or 0 (for ever). Type: pulumi config set tributary:ttlDays 0 --stack poc',
      "- tributary:tllDays is no key of this program (did you mean tributary:ttlDays?). Type: pulumi config rm tributary:tllDays --stack poc",
    ]);
    expect(cpuSeconds()).to.be.below(CPU_SECONDS);
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
    expect(cpuSeconds()).to.be.below(CPU_SECONDS);
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
    expect(cpuSeconds(), "the engine ends the program, which says nothing itself").to.equal(undefined);
  });

  it("of deploying prod before the other stack has outputs ends with what to deploy", async () => {
    const project = projectWith(`
      import * as pulumi from "@pulumi/pulumi";
      export default async () => (pulumi.getStack() === "poc" ? {} : (await import("project/index.ts")).default());
    `);
    const engine = new Engine({ cloud, projectDir: project });
    await engine.up("poc");
    expect(await failureOf(project, "prod", {}, engine)).to.deep.equal([
      'error: The stack "organization/tributary/poc" does not have the outputs that this one needs: writerRoleArn, tableName, region, indexedAttributes, ttlAttribute, ttlSeconds. Deploy it first, with this version of the program: pulumi up --stack poc',
      "Where its state cannot be read from here, give tributary:targetRoleArn, tributary:targetTableName and tributary:targetRegion instead.",
    ]);
    expect(cpuSeconds()).to.be.below(CPU_SECONDS);
  });
});
