import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { watchIamRefusals } from "../../local/run/iam-refusals.ts";
import { LiveCounts } from "../../local/run/live-counts.ts";
import { clientOf, functionSession, refusal } from "../support/iam-clients.ts";
import { startSystem } from "../support/system.ts";

describe("the live counts", () => {
  it("equal the ledger's counts, and count IAM's refusals", async () => {
    const system = await startSystem();
    const { cloud } = system;
    await system.empty();
    const refusals = watchIamRefusals(cloud.trace);
    const live = new LiveCounts(system, refusals);
    const nothing = { accepted: 0, stored: 0, parked: 0, parkedByReason: {}, archived: 0, refusedByIam: 0 };
    expect(live.read()).to.deep.equal(nothing);
    const lines = Array.from({ length: 40 }, (_, n) => (n % 4 === 0 ? `not json ${n}` : JSON.stringify({ n })));
    const response = await fetch(`${system.gatewayUrl}/events/batch`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", "x-api-key": system.apiKey },
      body: lines.join("\n"),
    });
    expect(response.status).to.equal(200);
    await system.settle();
    expect(live.read()).to.deep.equal({
      ...nothing,
      accepted: 40,
      stored: 30,
      parked: 10,
      parkedByReason: { "not-json": 10 },
      archived: 30,
    });

    const replicatorRoleArn = String(system.source.outputs["replicatorRoleArn"]);
    const { credentials } = functionSession(cloud, replicatorRoleArn);
    await refusal(new DynamoDBClient(clientOf(system, credentials)).send(new ListTablesCommand({})));
    expect(live.read().refusedByIam).to.equal(1);
    expect(refusals.ofRoles).to.deep.equal([
      `IAM refused dynamodb:ListTables on * to ${replicatorRoleArn.replace(":iam:", ":sts:").replace(":role/tributary/", ":assumed-role/")}`,
    ]);
    // A request without a key was put to no policy.
    expect((await fetch(`${system.gatewayUrl}/events`, { method: "POST", body: "{}" })).status).to.equal(403);
    expect(live.read().refusedByIam).to.equal(1);
  });
});
