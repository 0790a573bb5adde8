import { Sha256 } from "@aws-crypto/sha256-js";
import { cbor, dateToTag } from "@smithy/core/cbor";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";

const ACCOUNT = "111111111111";
const REGION = "us-east-1";
const START = Date.UTC(2026, 2, 1, 12);
const MINUTE_MS = 60_000;

describe("CloudWatch talks", () => {
  let cloud: Cloud;
  let door: FrontDoor;
  let endpoint: string;

  beforeEach(async () => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: START });
    door = new FrontDoor(cloud);
    endpoint = (await door.listen()).endpointUrl;
    cloud.metrics.put({
      accountId: ACCOUNT,
      region: REGION,
      namespace: "AWS/Kinesis",
      name: "IncomingRecords",
      dimensions: { StreamName: "events" },
      value: 3,
      unit: "Count",
      time: START,
    });
  });

  afterEach(async () => {
    await door.close();
    await cloud.close();
  });

  async function send(path: string, headers: Record<string, string>, body: Uint8Array | string) {
    const { credentials } = cloud.accounts.ensure(ACCOUNT).administrator;
    const signer = new SignatureV4({ service: "monitoring", region: REGION, credentials, sha256: Sha256 });
    const { hostname, port, host } = new URL(endpoint);
    const signed = await signer.sign(
      {
        method: "POST",
        protocol: "http:",
        hostname,
        port: Number(port),
        path,
        query: {},
        headers: { host, ...headers },
        body,
      },
      { signingDate: new Date(START) },
    );
    const { host: _host, ...rest } = signed.headers;
    const response = await fetch(`${endpoint}${path}`, {
      method: "POST",
      headers: rest,
      body: typeof body === "string" ? body : Buffer.from(body),
    });
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  }

  const query = {
    Namespace: "AWS/Kinesis",
    MetricName: "IncomingRecords",
    Dimensions: [{ Name: "StreamName", Value: "events" }],
    Period: 60,
    Statistics: ["Sum"],
  };

  it("CBOR, with times as tagged values", async () => {
    const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
    const path = "/service/GraniteServiceVersion20100801/operation/";
    const times = { StartTime: dateToTag(new Date(START)), EndTime: dateToTag(new Date(START + MINUTE_MS)) };
    const { status, body } = await send(`${path}GetMetricStatistics`, headers, cbor.serialize({ ...query, ...times }));
    expect(status).to.equal(200);
    const [datapoint] = cbor.deserialize(body).Datapoints;
    expect(datapoint).to.deep.include({ Sum: 3, Unit: "Count" });
    expect(datapoint.Timestamp).to.deep.include({ tag: 1, value: START / 1000 });
    const deleted = await send(`${path}DeleteAlarms`, headers, cbor.serialize({ AlarmNames: ["a"] }));
    expect(deleted.status).to.equal(200);
    const refused = await send(`${path}SetAlarmState`, headers, cbor.serialize({ AlarmName: "a" }));
    expect(refused.status).to.equal(400);
    expect(cbor.deserialize(refused.body).message).to.match(/does not support monitoring:SetAlarmState/);
  });

  it("JSON, with times as epoch seconds", async () => {
    const headers = {
      "x-amz-target": "GraniteServiceVersion20100801.GetMetricStatistics",
      "content-type": "application/x-amz-json-1.0",
    };
    const times = { StartTime: START / 1000, EndTime: START / 1000 + 60 };
    const { body } = await send("/", headers, JSON.stringify({ ...query, ...times }));
    expect(JSON.parse(body.toString()).Datapoints).to.deep.equal([{ Timestamp: START / 1000, Sum: 3, Unit: "Count" }]);
  });

  it("Query and XML, with times in ISO 8601", async () => {
    const form = new URLSearchParams({
      Action: "GetMetricStatistics",
      Version: "2010-08-01",
      Namespace: query.Namespace,
      MetricName: query.MetricName,
      "Dimensions.member.1.Name": "StreamName",
      "Dimensions.member.1.Value": "events",
      Period: "60",
      "Statistics.member.1": "Sum",
      StartTime: new Date(START).toISOString(),
      EndTime: new Date(START + MINUTE_MS).toISOString(),
    });
    const { body } = await send("/", { "content-type": "application/x-www-form-urlencoded" }, form.toString());
    expect(body.toString()).to.include(
      "<Datapoints><member><Timestamp>2026-03-01T12:00:00.000Z</Timestamp><Sum>3</Sum><Unit>Count</Unit></member></Datapoints>",
    );
  });

  it("Query, where every value of an alarm is a text", async () => {
    const alarm = {
      AlarmName: "late",
      ActionsEnabled: "false",
      "AlarmActions.member.1": "arn:aws:sns:us-east-1:111111111111:alarms",
      Namespace: query.Namespace,
      MetricName: query.MetricName,
      "Dimensions.member.1.Name": "StreamName",
      "Dimensions.member.1.Value": "events",
      Statistic: "Sum",
      Period: "60",
      EvaluationPeriods: "2",
      Threshold: "1.5",
      ComparisonOperator: "GreaterThanThreshold",
      "Tags.member.1.Key": "team",
      "Tags.member.1.Value": "data",
    };
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const post = (Action: string, params: Record<string, string>) =>
      send("/", headers, new URLSearchParams({ Action, Version: "2010-08-01", ...params }).toString());
    expect((await post("PutMetricAlarm", alarm)).status).to.equal(200);
    const found = cloud.services.cloudwatch.store.named({ accountId: ACCOUNT, region: REGION }, "late");
    expect(found?.settings).to.deep.include({
      areActionsEnabled: false,
      alarmActions: ["arn:aws:sns:us-east-1:111111111111:alarms"],
      dimensions: { StreamName: "events" },
      evaluationPeriods: 2,
      datapointsToAlarm: undefined,
      threshold: 1.5,
    });
    expect(found?.tags).to.deep.equal({ team: "data" });
    const listed = await post("ListTagsForResource", { ResourceARN: String(found?.arn) });
    expect(listed.body.toString()).to.include("<Tags><member><Key>team</Key><Value>data</Value></member></Tags>");
  });
});
