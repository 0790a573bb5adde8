import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import type { Properties, ResourceContext } from "../../../../local/resource-types/resource-type.ts";
import { MAX_MINUTES } from "../../../../local/services/cloudwatch/metric-store.ts";
import { metricsOfLine } from "../../../../local/services/logs/embedded-metrics.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";

const ACCOUNT = "111111111111";
const REGION = "us-east-1";
const START = Date.UTC(2026, 2, 1, 12);
const MINUTE_MS = 60_000;
const dimensions = { StreamName: "events" };
const Dimensions = [{ Name: "StreamName", Value: "events" }];

describe("CloudWatch", () => {
  let cloud: Cloud;
  let context: ResourceContext;

  beforeEach(() => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: START });
    cloud.accounts.ensure(ACCOUNT);
    context = {
      store: undefined,
      principal: cloud.accounts.ensure(ACCOUNT).administrator.principal,
      accountId: ACCOUNT,
      region: REGION,
      partition: "aws",
      urn: "",
      defaultTags: { a: "b" },
    };
  });

  afterEach(() => cloud.close());

  const put = (value: number, minute = 0, more: object = {}) =>
    cloud.metrics.put({
      accountId: ACCOUNT,
      region: REGION,
      namespace: "AWS/Kinesis",
      name: "IncomingRecords",
      dimensions,
      value,
      unit: "Count",
      time: START + minute * MINUTE_MS,
      ...more,
    });
  const call = <T = Record<string, unknown>>(operation: string, params: Properties) =>
    cloud.call({
      service: "monitoring",
      operation,
      params,
      principal: cloud.accounts.ensure(ACCOUNT).administrator.principal,
      region: REGION,
    }) as Promise<T>;
  const statistics = async (more: Properties = {}) => {
    const { Datapoints } = await call<{ Datapoints: Properties[] }>("GetMetricStatistics", {
      Namespace: "AWS/Kinesis",
      MetricName: "IncomingRecords",
      Dimensions,
      StartTime: START / 1000,
      EndTime: START / 1000 + 3_600,
      Period: 60,
      Statistics: ["Sum"],
      ...more,
    });
    return Datapoints;
  };
  const failure = async (work: Promise<unknown>) => {
    try {
      await work;
      return "no failure";
    } catch (error) {
      return String(error);
    }
  };

  describe("metrics", () => {
    it("are added up by the minute and read by the period", async () => {
      for (const [value, minute] of [
        [1, 0],
        [5, 0.9],
        [2, 1],
        [7, 6],
      ] as const)
        put(value, minute);
      expect(await statistics()).to.deep.equal([
        { Timestamp: START / 1000, Sum: 6, Unit: "Count" },
        { Timestamp: START / 1000 + 60, Sum: 2, Unit: "Count" },
        { Timestamp: START / 1000 + 360, Sum: 7, Unit: "Count" },
      ]);
      expect(
        await statistics({ Period: 300, Statistics: ["SampleCount", "Average", "Minimum", "Maximum"] }),
      ).to.deep.equal([
        { Timestamp: START / 1000, SampleCount: 3, Average: 8 / 3, Minimum: 1, Maximum: 5, Unit: "Count" },
        { Timestamp: START / 1000 + 300, SampleCount: 1, Average: 7, Minimum: 7, Maximum: 7, Unit: "Count" },
      ]);
    });

    it("are told apart by account, region, namespace, name and dimensions", async () => {
      put(1);
      for (const more of [
        { accountId: "222222222222" },
        { region: "eu-west-1" },
        { namespace: "X" },
        { name: "Y" },
        { dimensions: {} },
      ]) {
        put(100, 0, more);
      }
      expect((await statistics())[0]).to.deep.include({ Sum: 1 });
      const { Metrics } = await call("ListMetrics", { Namespace: "AWS/Kinesis", Dimensions: [{ Name: "StreamName" }] });
      expect(Metrics).to.deep.equal([
        { Namespace: "AWS/Kinesis", MetricName: "IncomingRecords", Dimensions },
        { Namespace: "AWS/Kinesis", MetricName: "Y", Dimensions },
      ]);
    });

    it("lose their oldest minutes when there are too many", () => {
      for (let minute = 0; minute <= MAX_MINUTES; minute++) put(1, minute);
      const metric = cloud.services.cloudwatch.store.metrics.list(ACCOUNT, REGION)[0];
      expect(metric?.minutes.size).to.equal(MAX_MINUTES);
      expect(metric?.minutes.has(START)).to.equal(false);
    });

    it("come out of log lines in the embedded metric format, and out of no others", async () => {
      const place = { accountId: ACCOUNT, region: REGION };
      const line = JSON.stringify({
        _aws: {
          Timestamp: START,
          CloudWatchMetrics: [
            {
              Namespace: "Tributary",
              Dimensions: [["FunctionName"], []],
              Metrics: [{ Name: "stored", Unit: "Count" }, { Name: "lag", Unit: "Milliseconds" }, { Name: "absent" }],
            },
          ],
        },
        FunctionName: "replicator",
        stored: 299,
        lag: [10, 30],
      });
      const data = metricsOfLine(place, line);
      expect(data).to.have.length(6);
      for (const datum of data) cloud.metrics.put(datum);
      const names = {
        Namespace: "Tributary",
        MetricName: "lag",
        Dimensions: [{ Name: "FunctionName", Value: "replicator" }],
      };
      expect(await statistics({ ...names, Statistics: ["Average", "SampleCount"] })).to.deep.equal([
        { Timestamp: START / 1000, Average: 20, SampleCount: 2, Unit: "Milliseconds" },
      ]);
      for (const other of [
        "plain text",
        '{"a":1}',
        '{"_aws":{}}',
        '{"_aws":{"Timestamp":1',
        line.replace('"FunctionName":', '"Other":').replace(",[]]", "]"),
      ]) {
        expect(metricsOfLine(place, other), other).to.deep.equal([]);
      }
    });

    it("are refused what is not there by name: percentiles, expressions, periods that are no minutes", async () => {
      expect(await failure(statistics({ Statistics: ["p99"] }))).to.match(/Value '\[p99\]' at 'statistics'/);
      const Metric = { Namespace: "AWS/Kinesis", MetricName: "metric1" };
      const percentile = { Id: "a", MetricStat: { Metric, Period: 60, Stat: "p99" } };
      expect(
        await failure(call("GetMetricData", { MetricDataQueries: [percentile], StartTime: 0, EndTime: 60 })),
      ).to.match(/does not support the statistic p99\. It supports: SampleCount, Average/);
      expect(await failure(statistics({ ExtendedStatistics: ["p99"] }))).to.match(/ExtendedStatistics/);
      expect(await failure(statistics({ Period: 61 }))).to.match(/Period must be a multiple of 60/);
      const query = { Id: "a", Expression: "SUM(METRICS())" };
      const params = { MetricDataQueries: [query], StartTime: 0, EndTime: 60 };
      expect(await failure(call("GetMetricData", params))).to.match(
        /does not support the parameter MetricDataQueries\.1\.Expression of monitoring:GetMetricData/,
      );
    });

    it("are labelled by their metric and statistic, if a query does not say otherwise", async () => {
      const MetricStat = { Metric: { Namespace: "AWS/Kinesis", MetricName: "metric1" }, Period: 60, Stat: "Average" };
      const { MetricDataResults } = await call<{ MetricDataResults: { Label: string }[] }>("GetMetricData", {
        MetricDataQueries: [
          { Id: "a", MetricStat },
          { Id: "b", Label: "own", MetricStat },
        ],
        StartTime: 0,
        EndTime: 60,
      });
      expect(MetricDataResults.map(({ Label }) => Label)).to.deep.equal(["metric1 Average", "own"]);
    });

    it("are gone when the cloud is emptied", async () => {
      put(1);
      cloud.emptyData();
      expect(await statistics()).to.deep.equal([]);
    });
  });

  describe("alarms", () => {
    const type = () => cloud.registry.resourceTypes.get("aws:cloudwatch/metricAlarm:MetricAlarm")!;
    const inputs = (more: Properties = {}) => ({
      name: "late",
      namespace: "AWS/Kinesis",
      metricName: "IncomingRecords",
      dimensions,
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 10,
      evaluationPeriods: 3,
      period: 60,
      ...more,
    });
    const make = (more: Properties = {}) => type().create(type().inputs.parse(inputs(more)) as Properties, context);
    const state = async () => {
      const { MetricAlarms } = await call<{ MetricAlarms: Properties[] }>("DescribeAlarms", { AlarmNames: ["late"] });
      return MetricAlarms[0]?.["StateValue"];
    };

    it("have their computed properties", async () => {
      const { id, outputs } = await make({ alarmActions: [] });
      expect(id).to.equal("late");
      expect(outputs).to.deep.include({
        arn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:late`,
        tagsAll: { a: "b" },
        treatMissingData: "missing",
      });
    });

    it("are raised when every one of the last periods is beyond the threshold", async () => {
      await make();
      expect(await state()).to.equal("INSUFFICIENT_DATA");
      for (const minute of [0, 1, 2]) put(11, minute);
      await cloud.clock.advance(2 * MINUTE_MS);
      expect(await state()).to.equal("ALARM");
      put(-1, 2);
      expect(await state()).to.equal("OK");
    });

    it("are raised by as many periods as datapointsToAlarm says", async () => {
      await make({ datapointsToAlarm: 2 });
      for (const [value, minute] of [
        [11, 0],
        [1, 1],
        [11, 2],
      ] as const)
        put(value, minute);
      await cloud.clock.advance(2 * MINUTE_MS);
      expect(await state()).to.equal("ALARM");
    });

    for (const [treatMissingData, expected] of [
      ["missing", "INSUFFICIENT_DATA"],
      ["notBreaching", "OK"],
      ["breaching", "ALARM"],
      ["ignore", "ALARM"],
    ] as const) {
      it(`treat missing data as ${treatMissingData}`, async () => {
        await make({ treatMissingData, evaluationPeriods: 1 });
        put(11);
        expect(await state()).to.equal("ALARM");
        await cloud.clock.advance(10 * MINUTE_MS);
        expect(await state()).to.equal(expected);
      });
    }

    it("change, and go", async () => {
      const { outputs } = await make({ evaluationPeriods: 1 });
      put(11);
      expect(await state()).to.equal("ALARM");
      await type().update(
        "late",
        type().inputs.parse(inputs({ evaluationPeriods: 1, threshold: 11 })) as Properties,
        outputs,
        context,
      );
      expect(await state()).to.equal("OK");
      await type().delete("late", outputs, context);
      expect(await state()).to.equal(undefined);
    });

    it("are refused what they do not do, by name", () => {
      for (const argument of ["metricQueries", "extendedStatistic", "thresholdMetricId"]) {
        expect(JSON.stringify(type().inputs.safeParse(inputs({ [argument]: "x" })).error)).to.include(argument);
      }
    });

    it("are refused with all mistakes at once, those between arguments among them", async () => {
      const stage = await ProviderStage.start();
      const urn = stage.urn("aws:cloudwatch/metricAlarm:MetricAlarm", "late");
      const mistakes = async (more: Properties) => {
        const { failures } = await stage.provider.check({ urn, news: inputs(more) });
        return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
      };
      expect(await mistakes({})).to.deep.equal({});
      const all = await mistakes({ datapointsToAlarm: 4, statistic: "p99", alarmActions: ["topic"], unit: "Records" });
      expect(Object.keys(all).sort()).to.deep.equal(["alarmActions[0]", "datapointsToAlarm", "statistic", "unit"]);
      expect(all["datapointsToAlarm"]).to.equal("must be at most evaluationPeriods (3), got 4");
      expect(all["unit"]).to.match(/^must be one of Seconds, .*Kilobytes\/Second/);
      expect(await mistakes({ evaluationPeriods: 1_441 })).to.deep.equal({
        evaluationPeriods: "times the period must be at most 86400 seconds, got 1441 periods of 60 seconds",
      });
      expect(await mistakes({ evaluationPeriods: 168, period: 3_600 })).to.deep.equal({});
      expect(await mistakes({ evaluationPeriods: 169, period: 3_600 })).to.have.property("evaluationPeriods");
      await stage.close();
    });
  });
});
