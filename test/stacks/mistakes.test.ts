import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine } from "../../local/engine/engine.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

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
      import { createRequire } from "node:module";
      // As the SDK does with every error that it reports, and as its source maps make the stack.
      Error.prepareStackTrace = () => "rewritten";
      const error = new Error("inspected");
      writeFileSync("printed.txt", createRequire(import.meta.url)("node:util").inspect(error, { colors: true }));
      ${program.replaceAll("project/", root)}`,
    );
    return folder;
  }

  /** What the program that ended last wrote down of how it prints an error. */
  function printedError(): string {
    return readFileSync(join(folder, "printed.txt"), "utf8");
  }

  /**
   * The program that ended last prints an error plainly. With colours, or with a stack that the SDK's source maps rewrote, printing one takes 20 to 40 s on
   * some versions of Node.
   */
  function expectPlainErrors(): void {
    expect(printedError())
      .to.match(/^Error: inspected\n {4}at /)
      .and.not.include("\u001b[");
  }

  async function failureOf(
    projectDir: string,
    stack: string,
    config: Readonly<Record<string, string>> = {},
    engine = new Engine({ cloud, projectDir, configOverrides: { [stack]: config } }),
  ): Promise<string[]> {
    rmSync(join(folder, "printed.txt"), { force: true });
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
    expectPlainErrors();
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
    expectPlainErrors();
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
    expectPlainErrors();
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
    expectPlainErrors();
  });

  it("in a component's args is told by a program that does not load plain-errors.mjs, too", async () => {
    const project = projectWith(`
      import { StreamPipeline } from "project/components/stream-pipeline/stream-pipeline.ts";
      // A frame as the SDK's source maps make it: printed in colours, it takes 16 s and 3 GB on some versions of Node.
      const framed = Object.assign(new Error("inspected"), { stack: "Error: inspected\\n    at f (" + process.cwd() + "/node_modules/@pulumi/resource.ts:1:2)" });
      const { inspect } = createRequire(import.meta.url)("node:util");
      writeFileSync("printed.txt", inspect(framed, { colors: true }) + inspect(1, { colors: true }));
      export default async () => { new StreamPipeline("flow", { shardCount: 2 }); };
    `);
    const file = join(project, "Pulumi.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(" --import ./plain-errors.mjs", ""));
    expect(await failureOf(project, "poc")).to.deep.equal([
      'tributary:streaming:StreamPipeline (flow): error: "flow" has args that cannot work:',
      '- shardCount is 2; an on-demand stream chooses its own: leave it out, or write streamMode: "PROVISIONED"',
    ]);
    const frame = `    at f (${project}/node_modules/@pulumi/resource.ts:1:2)`;
    expect(printedError(), "only what names such a frame is without colours").to.equal(
      `Error: inspected\n${frame}\u001b[33m1\u001b[39m`,
    );
  });
});
