import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine, type EngineOptions } from "../../local/engine/engine.ts";
import { localProviders } from "../../local/provider/local-provider.ts";
import { failureOf as messageOf } from "../support/failure-of.ts";
import { startInProcess } from "../support/in-process.ts";

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
    const files = ["package.json", "plain-errors.mjs", "load-typescript.mjs", "program.mjs"];
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", ...files]) cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.poc.yaml"), POC_CONFIG);
    writeFileSync(join(folder, "index.ts"), program.replaceAll("project/", root));
    return folder;
  }

  /** Such a project, whose program first writes down how it prints some values, and is to run in a process of its own. It has got at `inspect` before all else, as the SDK has. */
  function printingProjectWith(values: string, program: string): string {
    writeFileSync(
      join(folder, "inspect.ts"),
      `import { createRequire } from "node:module";
      export const { inspect } = { ...createRequire(import.meta.url)("node:util") };`,
    );
    return projectWith(`
      import { inspect } from "./inspect.ts";
      import { writeFileSync } from "node:fs";
      ${program}
      writeFileSync("printed.txt", [${values}].map((value) => inspect(value, { colors: true })).join(""));`);
  }

  /** What the program wrote down of how it prints. */
  function printed(): string {
    return readFileSync(join(folder, "printed.txt"), "utf8");
  }

  async function failureOf(stack: string, options: Omit<EngineOptions, "newProvider">): Promise<string[]> {
    const error = await new Engine({ newProvider: localProviders(cloud), ...options }).up(stack).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message, "no stack").not.to.match(/\n\s+at |node_modules/);
    return error?.message.split("\n") ?? [];
  }

  const argsThatCannotWork = `
    import { StreamPipeline } from "project/components/stream-pipeline/stream-pipeline.ts";
    export default async () => { new StreamPipeline("flow", { shardCount: 2 }); };
  `;
  const whatIsAllowed = [
    'tributary:streaming:StreamPipeline (flow): error: "flow" has args that cannot work:',
    '- shardCount is 2; an on-demand stream chooses its own: leave it out, or write streamMode: "PROVISIONED"',
  ];

  it("in the configuration ends with all mistakes", async () => {
    const config = { "tributary:ttlDays": "-1", "tributary:tllDays": "1" };
    const options = { projectDir: root, configOverrides: { poc: config }, start: startInProcess };
    expect(await failureOf("poc", options)).to.deep.equal([
      'error: The configuration of the stack "poc" has 2 mistakes:',
      '- tributary:ttlDays is "-1"; allowed is a whole number from 1 to 36500, or 0 (for ever). Type: pulumi config set tributary:ttlDays 0 --stack poc',
      "- tributary:tllDays is not a key of this program (did you mean tributary:ttlDays?). Type: pulumi config rm tributary:tllDays --stack poc",
    ]);
  });

  it("in an argument that the provider refuses ends with its words", async () => {
    const projectDir = projectWith(`
      import { StreamPipeline } from "project/components/stream-pipeline/stream-pipeline.ts";
      export default async () => {
        new StreamPipeline("flow", {}, { transform: { stream: (args) => { args.retentionPeriod = 1; } } });
      };
    `);
    const [line, ...rest] = await failureOf("poc", { projectDir, start: startInProcess });
    expect(line).to.match(/^aws:kinesis\/stream:Stream \(flow-stream\): error: .*retentionPeriod/);
    expect(rest).to.deep.equal([]);
  });

  it("of deploying prod before the other stack has outputs ends with what to deploy", async () => {
    const projectDir = projectWith(`
      import * as pulumi from "@pulumi/pulumi";
      export default async () => (pulumi.getStack() === "poc" ? {} : (await import("project/index.ts")).default());
    `);
    const engine = new Engine({ newProvider: localProviders(cloud), projectDir, start: startInProcess });
    await engine.up("poc");
    expect((await messageOf(engine.up("prod"))).split("\n")).to.deep.equal([
      'error: The stack "organization/tributary/poc" does not have the outputs that this one needs: writerRoleArn, tableName, region, indexedAttributes, ttlAttribute, ttlSeconds. Deploy it first, with this version of the program: pulumi up --stack poc',
      "If its state cannot be read from here, give tributary:targetRoleArn, tributary:targetTableName and tributary:targetRegion instead.",
    ]);
  });

  /** With colours, or with a stack that the SDK's source maps rewrote, printing an error takes 20 to 40 s on some versions of Node. */
  it("in a component's args ends with what is allowed, and the program's process prints errors plainly", async () => {
    const rewriteStacks = 'Error.prepareStackTrace = () => "rewritten";'; // As the SDK's source maps do.
    const projectDir = printingProjectWith('new Error("inspected")', argsThatCannotWork + rewriteStacks);
    expect(await failureOf("poc", { projectDir })).to.deep.equal(whatIsAllowed);
    expect(printed())
      .to.match(/^Error: inspected\n {4}at /)
      .and.not.include("\u001b[");
  });

  it("in a component's args is also reported by a program without plain-errors.mjs", async () => {
    // A frame as the SDK's source maps make it: printed in colours, it takes 16 s and 3 GB on some versions of Node.
    const frame = `    at f (${folder}/node_modules/@pulumi/resource.ts:1:2)`;
    const framed = `Object.assign(new Error("inspected"), { stack: ${JSON.stringify(`Error: inspected\n${frame}`)} })`;
    const projectDir = printingProjectWith(`${framed}, 1`, argsThatCannotWork);
    const file = join(projectDir, "Pulumi.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("--import ./plain-errors.mjs", ""));
    expect(await failureOf("poc", { projectDir })).to.deep.equal(whatIsAllowed);
    expect(printed(), "only what names such a frame is without colours").to.equal(
      `Error: inspected\n${frame}\u001b[33m1\u001b[39m`,
    );
  });
});
