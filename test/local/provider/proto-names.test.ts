import { expect } from "chai";
import { PolicyKind, parsePolicy } from "../../../local/accounts/parse-policy.ts";
import type { Properties } from "../../../local/resource-types/resource-type.ts";
import { ProviderStage } from "../../support/provider-stage.ts";

const map = JSON.parse('{"__proto__":"x","a":"b"}') as Properties;

describe("a name __proto__, which schemas of maps drop without a word,", () => {
  it("is refused by the provider's check, wherever it stands", async () => {
    const stage = await ProviderStage.start();
    const refusedAt = async (token: string, news: Properties) => {
      const { failures } = await stage.provider.check({ urn: stage.urn(token, "thing"), news });
      return failures.filter(({ reason }) => reason.includes("__proto__")).map(({ property }) => property);
    };
    expect(await refusedAt("aws:sqs/queue:Queue", { tags: map })).to.deep.equal(["tags.__proto__"]);
    const stageInputs = { restApi: "a", deployment: "b", stageName: "v1", variables: map };
    expect(await refusedAt("aws:apigateway/stage:Stage", stageInputs)).to.deep.equal(["variables.__proto__"]);
    const integration = { restApi: "a", resourceId: "b", httpMethod: "GET", type: "MOCK", requestTemplates: map };
    expect(await refusedAt("aws:apigateway/integration:Integration", integration)).to.deep.equal([
      "requestTemplates.__proto__",
    ]);
    expect(await refusedAt("aws:sqs/queue:Queue", { tags: { a: "b" } })).to.deep.equal([]);
    await stage.close();
  });

  it("is refused in a policy, where it would be a condition that nobody evaluates", () => {
    const policy = (member: string) =>
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*",${member}}}`;
    for (const [member, kind] of [
      ['"Condition":{"__proto__":3}', PolicyKind.Identity],
      ['"Condition":{"__proto__":{"aws:username":"x"}}', PolicyKind.Identity],
      ['"Principal":{"__proto__":"x"}', PolicyKind.Resource],
    ] as const) {
      expect(() => parsePolicy(policy(member), kind), member).to.throw("__proto__");
    }
  });
});
