import { expect } from "chai";
import { commonKeys, pocKeys, prodKeys } from "../../config/stack-keys.ts";
import program from "../../index.ts";
import { type Recording, type RecordOptions, record } from "../support/mocks.ts";
import { type Plan, Planner } from "../support/stack-diff.ts";
import { POC, PROD, pocOptions, pocOutputs, prodOptions } from "./committed-stacks.ts";
import { configurations, type KeyChange, pocChanges, prodChanges, Verdict } from "./key-changes.ts";

type Config = Readonly<Record<string, string>>;

/** What has data in it that no program can make again. */
const DATA = /^aws:(kinesis\/stream:Stream|dynamodb\/table:Table|s3\/bucket:Bucket|cloudwatch\/logGroup:LogGroup)$/;

/** Other POC stacks that production can be pointed at: a copy in the same account, and one in another. */
const otherStacks = {
  "organization/tributary/poc-copy": { ...pocOutputs, tableName: "tributary-target-table-5e6f7a8" },
  "organization/tributary/poc-elsewhere": {
    ...pocOutputs,
    writerRoleArn: pocOutputs.writerRoleArn.replace(POC, "333333333333"),
  },
};

const stacks = [
  {
    stack: "prod",
    accountId: PROD,
    keys: { ...commonKeys, ...prodKeys },
    changes: prodChanges,
    options: (config: Config): RecordOptions => {
      const options = prodOptions(config);
      return { ...options, stackOutputs: { ...options.stackOutputs, ...otherStacks } };
    },
  },
  { stack: "poc", accountId: POC, keys: { ...commonKeys, ...pocKeys }, changes: pocChanges, options: pocOptions },
];

for (const { stack, accountId, keys, changes, options } of stacks) {
  describe(`a key of the stack ${stack} that is changed later`, () => {
    const recordings = new Map<string, Promise<Recording<unknown>>>();
    let planner: Planner;
    before(() => {
      planner = new Planner({ accountId, region: "us-east-1" });
    });
    after(() => planner.close());

    /** What would be deployed; several changes have the same configuration before. */
    function recorded(config: Config): Promise<Recording<unknown>> {
      const key = JSON.stringify(config);
      const known = recordings.get(key) ?? record(program, options(config));
      recordings.set(key, known);
      return known;
    }

    /** What a change does, and what taking it back does. */
    async function plans(name: string, change: KeyChange): Promise<{ plan: Plan; back: Plan }> {
      const config = configurations(name, change);
      const before = await recorded(config.before);
      const after = await record(program, options(config.after));
      return { plan: await planner.plan(before, after), back: await planner.plan(after, before) };
    }

    it("has a verdict", () => {
      const missing = Object.keys(keys).filter((name) => !(name in changes));
      const gone = Object.keys(changes).filter((name) => !(name in keys));
      const where = `test/stacks/key-changes.ts (${stack}Changes), and "Changing a key later" in docs/configuration.md`;
      expect(missing, `keys without a verdict; add them to ${where}`).to.deep.equal([]);
      expect(gone, `no keys any more; take them out of ${where}`).to.deep.equal([]);
    });

    for (const [name, list] of Object.entries(changes) as [string, readonly KeyChange[]][])
      for (const change of list)
        it(`${name} to ${change.to}: ${change.verdict}`, async () => {
          if (change.refusal) return expectRefusal(() => plans(name, change), change.refusal);
          const { plan, back } = await plans(name, change);
          expect([...plan.failures, ...back.failures]).to.deep.equal([]);
          expect(plan.changes, "a change without any effect").not.to.deep.equal([]);
          expect(back.changes, "a change that cannot be taken back").not.to.deep.equal([]);
          const planned = plan.changes;
          const namesOf = (outcome: string) =>
            planned.filter((each) => each.outcome === outcome).map((each) => each.name);
          expect(namesOf("replaced")).to.have.members([...(change.replaces ?? [])]);
          const leaving = planned.filter(
            ({ type, outcome }) => DATA.test(type) && (outcome === "replaced" || outcome === "deleted"),
          );
          expect(leaving.length > 0, "whether what holds data would go").to.equal(
            change.verdict === Verdict.ChosenOnce,
          );
          const unguarded = leaving.filter(({ isProtected, isRetained }) => !isProtected && !isRetained);
          expect(unguarded, "what holds data and would go").to.deep.equal([]);
          if (change.verdict === Verdict.ChosenOnce)
            expect(leaving.some(({ isProtected }) => isProtected)).to.equal(true);
        });
  });
}

/** Refused by the program, or by what the provider's check says. */
async function expectRefusal(work: () => Promise<{ plan: Plan }>, refusal: RegExp): Promise<void> {
  const said = await work().then(
    ({ plan }) => plan.failures.join("\n"),
    (error: Error) => error.message,
  );
  expect(said).to.match(refusal);
}
