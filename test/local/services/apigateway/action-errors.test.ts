import { expect } from "chai";
import type { IntegrationDefinition } from "../../../../local/services/apigateway/definition.ts";
import type { Exchange } from "../../../../local/services/apigateway/exchange.ts";
import { ActionCaller } from "../../../../local/services/apigateway/integration.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

describe("API Gateway, what a service's action answers when it refuses", () => {
  it("has the type that the service itself writes: DynamoDB's is qualified, Kinesis's is not", async () => {
    const stage = new ServiceStage();
    try {
      const assumeRolePolicy = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } }],
      };
      const statement = { Effect: "Allow", Action: ["dynamodb:*", "kinesis:*"], Resource: "*" };
      const policy = { Version: "2012-10-17", Statement: [statement] };
      await stage.make("aws:iam/role:Role", { name: "caller", assumeRolePolicy: JSON.stringify(assumeRolePolicy) });
      await stage.make("aws:iam/rolePolicy:RolePolicy", { name: "p", role: "caller", policy: JSON.stringify(policy) });
      const exchange = {
        api: { id: "abc", accountId: STAGE_ACCOUNT, region: STAGE_REGION },
        stage: { name: "v1" },
      } as unknown as Exchange;
      const typeOf = async (action: string, contentType: string, body: string) => {
        const integration = {
          uri: `arn:aws:apigateway:${STAGE_REGION}:${action}`,
          credentials: `arn:aws:iam::${STAGE_ACCOUNT}:role/caller`,
          requestParameters: { "integration.request.header.Content-Type": `'application/x-amz-json-${contentType}'` },
        } as unknown as IntegrationDefinition;
        const answer = await new ActionCaller(stage.cloud).call(exchange, integration, body);
        expect(answer.status).to.equal(400);
        return (JSON.parse(answer.body) as { __type: string }).__type;
      };
      const key = JSON.stringify({ TableName: "none", Key: { h: { S: "x" } } });
      expect(await typeOf("dynamodb:action/GetItem", "1.0", key)).to.equal(
        "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      );
      expect(await typeOf("dynamodb:action/GetItem", "1.0", "{")).to.equal(
        "com.amazon.coral.service#SerializationException",
      );
      const stream = JSON.stringify({ StreamName: "none" });
      expect(await typeOf("kinesis:action/DescribeStream", "1.1", stream)).to.equal("ResourceNotFoundException");
    } finally {
      await stage.close();
    }
  });
});
