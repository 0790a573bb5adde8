import { expect } from "chai";
import { z } from "zod";
import { type Definition, define } from "../../../local/resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../local/resource-types/resource-type.ts";

type Store = Map<string, Properties>;
interface Inputs {
  readonly name: string;
  readonly note?: string | undefined;
}

const inputs = z.strictObject({ region: z.string().optional(), name: z.string(), note: z.string().optional() });

/** A type of things that the store has under "region/name". */
function things(more: Partial<Definition<Inputs, Store>> = {}) {
  const keyOf = (id: string, { region }: ResourceContext<Store>) => `${region}/${id}`;
  return define<Inputs, Store>({
    token: "test:index:Thing",
    inputs: inputs as unknown as z.ZodType<Inputs>,
    replaceOn: ["name"],
    optionalComputed: ["note"],
    make({ name }, context) {
      context.store.set(keyOf(name, context), { name });
      return name;
    },
    find(id, state, context) {
      const found = context.store.get(keyOf(id, context));
      return found && { ...found, note: state["note"] ?? "" };
    },
    change: (id, { name }, context) => void context.store.set(keyOf(id, context), { name }),
    remove: (id, context) => void context.store.delete(keyOf(id, context)),
    ...more,
  });
}

describe("a resource type by its verbs", () => {
  const store: Store = new Map();
  const context = { store, accountId: "111111111111", region: "us-east-1", defaultTags: {} } as ResourceContext<Store>;
  beforeEach(() => store.clear());

  const refusalOf = async (work: () => unknown): Promise<string> => {
    try {
      await work();
      return "not refused";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("keeps inputs that the service does not store as the program gave them, else their defaults", async () => {
    const type = things({ unstored: { force: false, days: 30 } });
    const { outputs } = await type.create({ name: "a", force: true } as Properties, context);
    expect(outputs).to.deep.include({ force: true, days: 30 });
    expect(await type.read("a", { force: true }, context)).to.deep.include({ force: true, days: 30 });
    expect(await type.read("a", {}, context)).to.deep.include({ force: false, days: 30 });
  });

  it("is made, read and deleted in the region of the resource, which is replaced when that changes", async () => {
    const type = things();
    expect(type.replaceOn).to.deep.equal(["region", "name"]);
    const made = await type.create({ name: "a", region: "eu-west-1" }, context);
    expect(made).to.deep.equal({ id: "a", outputs: { name: "a", note: "", region: "eu-west-1" } });
    expect([...store.keys()]).to.deep.equal(["eu-west-1/a"]);
    expect(await type.read("a", made.outputs, context)).to.deep.equal(made.outputs);
    expect(await type.read("a", {}, context)).to.equal(undefined);
    await type.delete("a", made.outputs, context);
    await type.delete("a", made.outputs, context);
    expect(store.size).to.equal(0);
  });

  it("has no region when its service has none", async () => {
    const type = things({ isGlobal: true, inputs: inputs.omit({ region: true }) as unknown as z.ZodType<Inputs> });
    expect(type.replaceOn).to.deep.equal(["name"]);
    expect((await type.create({ name: "a" }, context)).outputs).to.deep.equal({ name: "a", note: "" });
  });

  it("keeps on an update what the service filled in and the program leaves out", async () => {
    const type = things();
    const { id, outputs } = await type.create({ name: "a", note: "first" }, context);
    expect(await type.update(id, { name: "a" }, outputs, context)).to.include({ note: "first" });
    expect(await type.update(id, { name: "a", note: "second" }, outputs, context)).to.include({ note: "second" });
  });

  it("says on an update how to build again what is gone", async () => {
    expect(await refusalOf(() => things().update("a", { name: "a" }, { name: "a" }, context))).to.equal(
      "test:index:Thing a is not in the local cloud, which keeps nothing when it ends; run `pulumi up --refresh` to build it again.",
    );
    expect(store.size).to.equal(0);
  });

  it("puts what is gone on an update where the service only puts", async () => {
    const type = things({ isPut: true });
    expect(await type.update("a", { name: "a" }, { name: "a" }, context)).to.include({ name: "a" });
    expect(store.size).to.equal(1);
  });
});
