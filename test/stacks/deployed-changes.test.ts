import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine, type StackResult } from "../../local/engine/engine.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import { localProviders } from "../../local/provider/local-provider.ts";
import { runsOf, seed } from "../functions/support/long-runs.ts";
import { failureOf } from "../support/failure-of.ts";
import { startInProcess } from "../support/in-process.ts";
import { projectDir } from "../support/system.ts";
import { configurations, type KeyChange, pocChanges, prodChanges, Verdict } from "./key-changes.ts";

type Values = Readonly<Record<string, string>>;
type Stack = "prod" | "poc";

const changesOf: Readonly<Record<Stack, Readonly<Record<string, readonly KeyChange[]>>>> = {
  prod: prodChanges,
  poc: pocChanges,
};

/**
 * How many changes there are for each that is deployed by itself: 1 in `npm run test:long`, which deploys them all, 10 in
 * `npm run test:tenth`. Unset: a few changes at once.
 */
const share = process.env["CHANGES_SHARE"] === undefined ? undefined : runsOf("CHANGES_SHARE", 1);

const PROTECTED = /cannot be deleted because it is protected/;

/** Both stacks in one cloud, deployed again and again. */
class ChangingStacks {
  readonly #cloud = new Cloud();
  readonly #frontDoor = new FrontDoor(this.#cloud);
  readonly #overrides: Record<string, Values> = {};
  readonly #engine = new Engine({
    newProvider: localProviders(this.#cloud),
    projectDir,
    configOverrides: this.#overrides,
    start: startInProcess,
  });

  async start(): Promise<void> {
    await this.#frontDoor.listen(0);
    await this.up("poc", {});
    await this.up("prod", {});
  }

  up(stack: Stack, config: Values): Promise<StackResult> {
    this.#overrides[stack] = config;
    return this.#engine.up(stack);
  }

  preview(stack: Stack, config: Values): Promise<StackResult> {
    this.#overrides[stack] = config;
    return this.#engine.preview(stack);
  }

  async close(): Promise<void> {
    await this.#engine.close();
    await this.#frontDoor.close();
    await this.#cloud.close();
  }
}

/** The first changes of these keys, all at once. */
function together(stack: Stack, names: readonly string[]): { config: Values; replaces: readonly string[] } {
  const picked = names.map((name) => {
    const [change] = changesOf[stack][name] ?? [];
    if (change?.verdict !== Verdict.Works) throw new Error(`no change of ${name} that works`);
    return { name, change };
  });
  return {
    config: Object.assign({}, ...picked.map(({ name, change }) => configurations(name, change).after)) as Values,
    replaces: picked.flatMap(({ change }) => replacesOf(change)),
  };
}

function replacesOf({ replaces = [], replacesThen = [] }: KeyChange): readonly string[] {
  return [...replaces, ...replacesThen];
}

function namesOf({ changes }: StackResult, outcome: string): string[] {
  return changes.filter((change) => change.outcome === outcome).map(({ name }) => name);
}

describe("changes of what is deployed", () => {
  const stacks = new ChangingStacks();
  before(() => stacks.start());
  after(() => stacks.close());

  if (share !== undefined) return eachByItself(stacks, share);

  // Those that replace something, and one each of those that change, make and delete something.
  // The role keeps its name first, so that it has to go before the other one comes, with its policy.
  const first = ["replicatorRolePath", "replicatorStartingPosition", "streamMaxRecordSizeKiB", "gatewayStageName"];
  const more = ["gatewayAuthorization", "gatewayPartitionKey", "gatewayCorsOrigin", "alarms", "externalId"];
  const second = ["replicatorRoleName", "gatewayPartitionKeyHeader", "gatewayCorsHeaders", "streamMode"];

  it("are made in production, replacements in the order that AWS requires", async () => {
    const { config, replaces } = together("prod", [...first, ...more]);
    const made = await stacks.up("prod", config);
    expect(namesOf(made, "replaced")).to.have.members([...new Set(replaces)]);
    expect(namesOf(made, "created")).to.include("tributary-gateway-method-options-events");
    expect(namesOf(made, "deleted")).to.include.members(["tributary-events-iterator-age", "tributary-gateway-api-key"]);
    expect(made.outputs["gatewayUrl"]).to.match(/\/v2$/);
  });

  it("are reverted there while others are made, and settle", async () => {
    const taken = together("prod", first);
    const { config, replaces } = together("prod", second);
    const made = await stacks.up("prod", config);
    expect(namesOf(made, "replaced")).to.have.members([...new Set([...taken.replaces, ...replaces])]);
    expect(made.outputs["gatewayUrl"]).to.match(/\/v1$/);
    expect((await stacks.preview("prod", config)).changes).to.deep.equal([]);
  });

  it("are refused by the preview when the provider's check refuses them", async () => {
    const { config } = together("prod", second);
    const message = await failureOf(stacks.preview("prod", { ...config, "tributary:shardCount": "9" }));
    expect(message).to.match(/property shardCount value \{9\} has a problem: the stream has 4 shards/);
  });

  it("are made in the POC account", async () => {
    const names = ["archiverStartingPosition", "tableIndexes", "ttlDays", "replicatorRoleName", "bucketVersioning"];
    const { config, replaces } = together("poc", names);
    expect(namesOf(await stacks.up("poc", config), "replaced")).to.deep.equal(replaces);
  });

  it("are refused by the preview where they would leave the data behind", async () => {
    const message = await failureOf(stacks.preview("poc", { "tributary:namePrefix": "other" }));
    expect(message).to.match(PROTECTED);
    for (const kept of ["target-table", "archive-bucket", "archive-failed-batches"]) expect(message).to.include(kept);
  });
});

/** Every change that has its turn by the seed, one of `share`. */
function eachByItself(stacks: ChangingStacks, share: number): void {
  const changes = (["poc", "prod"] as const).flatMap((stack) =>
    Object.entries(changesOf[stack]).flatMap(([name, list]) =>
      list
        // What the local cloud does not have, and stacks that are not deployed here.
        .filter((change) => name !== "replicatorNetwork" && name !== "pocStack" && !change.with?.["pocStack"])
        .map((change) => ({ stack, name, change })),
    ),
  );
  for (const { stack, name, change } of changes.filter((_, index) => index % share === seed % share))
    it(`${stack}: ${name} to ${change.to}: ${change.verdict} (SEED=${seed})`, async () => {
      const { before, after } = configurations(name, change);
      await stacks.up(stack, before);
      if (change.verdict !== Verdict.Works) {
        expect(await failureOf(stacks.preview(stack, after))).to.match(change.refusal ?? PROTECTED);
        return;
      }
      expect(namesOf(await stacks.up(stack, after), "replaced")).to.have.members([...replacesOf(change)]);
      expect((await stacks.preview(stack, after)).changes).to.deep.equal([]);
    });
}
