import { expect } from "chai";
import { maskedReasons } from "../../../local/provider/masked-reasons.ts";
import { wrapSecret } from "../../../local/resource-types/wire-values.ts";
import { ProviderStage } from "../../support/provider-stage.ts";

describe("the reasons of failures", () => {
  it("quote no secret, whole or in part, and leave the rest of the sentence", async () => {
    const stage = await ProviderStage.start();
    const reasonsOf = async (token: string, news: Record<string, unknown>) =>
      (await stage.provider.check({ urn: stage.urn(token, "thing"), news })).failures.map(({ reason }) => reason);
    const queue = "aws:sqs/queue:Queue";
    const policy = "hunter2-hunter3-hunter4: not a policy, and longer than what a parser quotes of it";
    const tags = { owner: "#swordfish" };
    expect((await reasonsOf(queue, { policy, tags })).join("\n"))
      .to.contain("hunter2")
      .and.contain("#swordfish");
    const secret = await reasonsOf(queue, { policy: wrapSecret(policy), tags: { owner: wrapSecret(tags.owner) } });
    expect(secret).to.deep.equal([
      `contains an invalid JSON: Unexpected token 'h', "[secret]"... is not valid JSON`,
      "tags consist of letters, digits, spaces and _ . : / = + - @ (owner: [secret])",
    ]);
    await stage.close();
  });

  it("keep short texts of a secret that occur in any sentence", () => {
    const failures = [{ property: "rule", reason: "must be one of a, b and c, not swordfish" }];
    expect(maskedReasons(failures, { rule: { name: "swordfish", not: "one" } }, [["rule"]])).to.deep.equal([
      { property: "rule", reason: "must be one of a, b and c, not [secret]" },
    ]);
    expect(maskedReasons(failures, { rule: "swordfish" }, [])).to.deep.equal(failures);
  });
});
