import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { PrivateBucket } from "../../components/private-bucket/private-bucket.ts";
import { child, type Scope } from "../../components/scope.ts";
import { record } from "../support/mocks.ts";

/** A component with one child, called as itself. */
class Holder extends pulumi.ComponentResource {
  public readonly scope: Scope;
  constructor(name: string, formerParent?: pulumi.Resource) {
    super("tributary:test:Holder", name);
    this.scope = { component: this, name, formerParent };
  }
}

const bucket = (
  holder: Holder,
  transform?: Parameters<typeof child<aws.s3.BucketArgs, aws.s3.Bucket, pulumi.CustomResourceOptions>>[1],
) => child(holder.scope, transform, "box", aws.s3.Bucket, { forceDestroy: false, bucket: "mine" });

describe("the children of a component", () => {
  it("are named after it and are its own", async () => {
    const run = await record(() => bucket(new Holder("holder")));
    expect(run.named("holder-box")).to.deep.include({
      parent: "holder",
      inputs: { forceDestroy: false, bucket: "mine" },
      formerParents: [],
    });
  });

  it("are recognised as those of their parent in an earlier version", async () => {
    const run = await record(() => bucket(new Holder("holder", new Holder("former"))));
    expect(run.named("holder-box")).to.deep.include({
      parent: "holder",
      formerParents: ["former"],
    });
  });

  it("refuse a transform whose result would be lost, and one that is neither object nor function", async () => {
    const write = "a function changes args in place and returns nothing: write (args) => { args.tags = {}; }";
    for (const [transform, problem] of [
      [(args: aws.s3.BucketArgs) => ({ ...args, bucket: "yours" }), `returns an object; ${write}`],
      [async () => {}, `is async, but the child is made at once; ${write}`],
      [5, "is 5; allowed is an object, or a function that changes args in place: write { tags: {} }"],
      [null, "is null; allowed is an object, or a function that changes args in place: write { tags: {} }"],
      [["a"], 'is ["a"]; allowed is an object, or a function that changes args in place: write { tags: {} }'],
    ] as const) {
      let message = "";
      await record(() => {
        const holder = new Holder("holder");
        try {
          bucket(holder, transform as never);
        } catch (error) {
          message = (error as Error).message;
        }
      });
      expect(message).to.equal(`"holder" has args that cannot work:\n- the transform of "holder-box" ${problem}`);
    }
  });

  it("take a function whose body is an assignment, or that returns what it changed", async () => {
    const tags = { team: "a" };
    for (const transform of [
      (args: aws.s3.BucketArgs) => (args.tags = tags),
      (args: aws.s3.BucketArgs) => Object.assign(args, { tags }),
    ]) {
      const run = await record(() => bucket(new Holder("holder"), transform));
      expect(run.named("holder-box").inputs).to.deep.include({ tags });
    }
  });

  it("take an object that is merged over their args", async () => {
    const run = await record(() => bucket(new Holder("holder"), { bucket: "yours", tags: { team: "a" } }));
    expect(run.named("holder-box").inputs).to.deep.equal({
      forceDestroy: false,
      bucket: "yours",
      tags: { team: "a" },
    });
    const nested = await record(() => new PrivateBucket("box", {}, { transform: { bucket: { tags: { team: "a" } } } }));
    expect(nested.named("box").inputs).to.deep.equal({ forceDestroy: false, tags: { team: "a" } });
  });

  it("take a function that changes args and options in place, of this child alone", async () => {
    const names: string[] = [];
    const run = await record(() => {
      const holder = new Holder("holder");
      const args = { bucket: "mine" };
      const options = { protect: false };
      child(
        holder.scope,
        (childArgs: aws.s3.BucketArgs, childOptions: pulumi.CustomResourceOptions, name) => {
          names.push(name);
          childArgs.bucket = "yours";
          childOptions.protect = true;
        },
        "",
        aws.s3.Bucket,
        args,
        options,
      );
      return { args, options };
    });
    expect(run.named("holder")).to.deep.include({ inputs: { bucket: "yours" }, isProtected: true });
    expect(run.result).to.deep.equal({ args: { bucket: "mine" }, options: { protect: false } });
    expect(names).to.deep.equal(["holder"]);
  });
});
