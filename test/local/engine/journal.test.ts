import { expect } from "chai";
import { Journal } from "../../../local/engine/journal.ts";
import { emptyStack, type ResourceState, type StackState } from "../../../local/engine/state.ts";

const urnOf = (name: string) => `urn:pulumi:dev::fixture::aws:test/thing:Thing::${name}`;

function thing(name: string, id = name): ResourceState {
  return {
    urn: urnOf(name),
    type: "aws:test/thing:Thing",
    name,
    isCustom: true,
    isExternal: false,
    id,
    inputs: {},
    outputs: {},
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    isProtected: false,
    isRetainedOnDelete: false,
  };
}

function stackOf(...states: readonly ResourceState[]): StackState {
  return { ...emptyStack, resources: new Map(states.map((state) => [state.urn, state])) };
}

const ids = (states: Iterable<ResourceState>) => [...states].map(({ id }) => id);

describe("the journal of a deployment", () => {
  it("keeps the previous state of a resource whose registration did not finish", () => {
    const journal = new Journal(stackOf(thing("failed"), thing("unregistered"), thing("done", "old")));
    journal.claim(urnOf("failed"), []);
    journal.claim(urnOf("done"), []);
    journal.record(thing("done", "new"), "updated");
    expect(ids(journal.after(undefined).resources.values())).to.deep.equal(["failed", "unregistered", "new"]);
    expect(ids(journal.leftover())).to.deep.equal(["unregistered"]);
  });

  it("keeps a replaced resource until it is deleted, even after a failed deployment", () => {
    const first = new Journal(stackOf(thing("replaced", "old"), thing("later")));
    const old = first.claim(urnOf("replaced"), []) as ResourceState;
    first.deleteLater(old);
    first.record(thing("replaced", "new"), "replaced");
    const after = first.after(undefined);
    expect(ids(after.pendingDeletion)).to.deep.equal(["old"]);

    const second = new Journal(after);
    second.claim(urnOf("replaced"), []);
    second.record(thing("replaced", "new"), "same");
    expect(ids(second.leftover())).to.deep.equal(["later", "old"]);
    for (const state of second.leftover()) second.forget(state);
    expect(second.summary).to.deep.equal({ created: 0, updated: 0, replaced: 0, deleted: 1, same: 1 });
    expect(second.changes.map(({ urn, outcome }) => ({ urn, outcome }))).to.deep.equal([
      { urn: urnOf("later"), outcome: "deleted" },
    ]);
    expect(second.after({})).to.deep.equal(new Journal(stackOf(thing("replaced", "new"))).after({}));
  });

  it("drops a resource that was deleted first when creating its replacement fails", () => {
    const journal = new Journal(stackOf(thing("named")));
    journal.forget(journal.claim(urnOf("named"), []) as ResourceState);
    expect(journal.after(undefined).resources.size).to.equal(0);
    expect(journal.summary.deleted).to.equal(0);
  });

  it("adopts a resource under its new name, once", () => {
    const journal = new Journal(stackOf(thing("before")));
    expect(journal.claim(urnOf("after"), [urnOf("before")])?.id).to.equal("before");
    expect(journal.claim(urnOf("another"), [urnOf("before")])).to.equal(undefined);
    journal.record(thing("after", "before"), "same");
    expect([...journal.after({}).resources.keys()]).to.deep.equal([urnOf("after")]);
    expect(() => journal.claim(urnOf("after"), [])).to.throw(
      `Duplicate resource URN '${urnOf("after")}'; try giving it a unique name`,
    );
  });
});
