import { expect } from "chai";
import { Shelf } from "../../../local/kernel/shelf.ts";

const thing = (accountId: string, region: string, name: string) => ({
  accountId,
  region,
  arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
});

describe("the resources of a service", () => {
  const east = { accountId: "111111111111", region: "us-east-1" };
  const first = thing(east.accountId, east.region, "b");
  const west = thing(east.accountId, "us-west-2", "b");
  const others = thing("222222222222", east.region, "b");
  const second = thing(east.accountId, east.region, "a");
  let shelf: Shelf<typeof first>;
  beforeEach(() => {
    shelf = new Shelf();
    for (const each of [first, west, others, second]) shelf.add(each);
  });

  it("are listed by account and region, oldest first, or all", () => {
    expect(shelf.list(east)).to.deep.equal([first, second]);
    expect(shelf.list({ ...east, region: "us-west-2" })).to.deep.equal([west]);
    expect(shelf.list({ ...east, accountId: "222222222222" })).to.deep.equal([others]);
    expect(shelf.list()).to.deep.equal([first, west, others, second]);
  });

  it("are found by their ARN until they are removed", () => {
    expect(shelf.find(west.arn)).to.equal(west);
    shelf.remove(west);
    expect(shelf.find(west.arn)).to.equal(undefined);
    expect(shelf.find(first.arn)).to.equal(first);
    shelf.clear();
    expect(shelf.list()).to.deep.equal([]);
  });
});
