import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { MAX_TAGS, tagList, tagsByKey, tagsWith, tagsWithout } from "../../../resource-types/tags.ts";
import type { HistoryItemType } from "../alarm-history.ts";
import {
  type Alarm,
  type AlarmSettings,
  alarmProblems,
  type Comparison,
  isAlarmPeriod,
  type MissingDataTreatment,
} from "../alarms.ts";
import { ALARMS_PER_PAGE, HISTORY_ITEMS_PER_PAGE } from "../limits.ts";
import { alarmArn, type CloudWatchStore } from "../store.ts";
import type { AlarmInput, CloudWatchInputs } from "../wire.ts";
import { asList, asRecord, millisecondsOf, page } from "./lists.ts";

const tooManyTags = () => new AwsError("InvalidParameterValue", `An alarm can have ${MAX_TAGS} tags at most.`);

/** Alarms: putting, describing, tagging and deleting. */
export function alarmOperations(store: CloudWatchStore): Readonly<Record<string, Operation>> {
  const onAlarms =
    (action: string) =>
    ({ AlarmNames }: { AlarmNames: readonly string[] }, call: Call) =>
      AlarmNames.map((name) => ({ action: `cloudwatch:${action}`, resource: alarmArn(call, name) }));
  const onArn =
    (action: string) =>
    <P extends { ResourceARN: string }>(params: P) => [
      { action: `cloudwatch:${action}`, resource: params.ResourceARN },
    ];
  /** The existing ones; unknown names are ignored, as on AWS. */
  const existing = (names: readonly string[], call: Call): readonly Alarm[] =>
    names.flatMap((name) => store.named(call, name) ?? []);
  const setActions = (areActionsEnabled: boolean) => (params: { AlarmNames: readonly string[] }, call: Call) => {
    for (const { name, settings } of existing(params.AlarmNames, call)) {
      store.put(call, name, { ...settings, areActionsEnabled });
    }
  };
  const findByArn = (arn: string, call: Call): Alarm | undefined =>
    store.list(call).find((candidate) => candidate.arn === arn);
  const alarmOf = (arn: string, call: Call): Alarm => {
    const alarm = findByArn(arn, call);
    if (!alarm) throw new AwsError("ResourceNotFoundException", `The alarm ${arn} does not exist.`, 404);
    return alarm;
  };

  return defineOperations<CloudWatchInputs>({
    DescribeAlarms: {
      authorize: (_params, call) => [{ action: "cloudwatch:DescribeAlarms", resource: alarmArn(call, "*") }],
      run(params, call) {
        const names = params.AlarmNames && new Set(params.AlarmNames);
        const alarms = store
          .list(call)
          .filter((alarm) => names?.has(alarm.name) ?? true)
          .filter((alarm) => alarm.name.startsWith(params.AlarmNamePrefix ?? ""))
          .filter((alarm) => params.StateValue === undefined || alarm.state === params.StateValue);
        const limit = params.MaxRecords ?? ALARMS_PER_PAGE;
        const { page: items, next: NextToken } = page(alarms, limit, params.NextToken, ({ name }) => name);
        return { MetricAlarms: items.map(describeAlarm), CompositeAlarms: [], NextToken };
      },
    },

    DescribeAlarmHistory: {
      authorize: (params, call) => [
        { action: "cloudwatch:DescribeAlarmHistory", resource: alarmArn(call, params.AlarmName ?? "*") },
      ],
      run(params, call) {
        store.list(call);
        const found = store.history.find(call, {
          alarmName: params.AlarmName,
          type: params.HistoryItemType as HistoryItemType | undefined,
          from: millisecondsOf(params.StartDate),
          to: millisecondsOf(params.EndDate),
          now: call.clock.now(),
        });
        const inOrder = params.ScanBy === "TimestampAscending" ? found : found.toReversed();
        const { page: items, next: NextToken } = page(
          inOrder,
          params.MaxRecords ?? HISTORY_ITEMS_PER_PAGE,
          params.NextToken,
        );
        return {
          AlarmHistoryItems: items.map((item) => ({
            AlarmName: item.alarmName,
            AlarmType: "MetricAlarm",
            Timestamp: item.at / 1000,
            HistoryItemType: item.type,
            HistorySummary: item.summary,
            HistoryData: item.data,
          })),
          NextToken,
        };
      },
    },

    PutMetricAlarm: {
      authorize: (params, call) =>
        ["PutMetricAlarm", ...(params.Tags?.length ? ["TagResource"] : [])].map((action) => ({
          action: `cloudwatch:${action}`,
          resource: alarmArn(call, params.AlarmName),
        })),
      run(params, call) {
        if (!isAlarmPeriod(params.Period)) {
          throw new AwsError("ValidationError", "Period must be 10, 20, 30 or a multiple of 60");
        }
        const settings = settingsOf(params);
        const [problem] = alarmProblems(settings);
        if (problem) throw new AwsError("ValidationException", `${problem.setting} ${problem.reason}`);
        const tags = tagsByKey(params.Tags ?? []);
        store.put(call, params.AlarmName, settings, tags);
      },
    },

    DeleteAlarms: {
      authorize: onAlarms("DeleteAlarms"),
      run(params, call) {
        for (const { name } of existing(params.AlarmNames, call)) store.remove(call, name);
      },
    },

    EnableAlarmActions: {
      authorize: onAlarms("EnableAlarmActions"),
      run: setActions(true),
    },

    DisableAlarmActions: {
      authorize: onAlarms("DisableAlarmActions"),
      run: setActions(false),
    },

    ListTagsForResource: {
      authorize: onArn("ListTagsForResource"),
      // As on AWS, a deleted alarm has no tags, which is no error.
      run: (params, call) => ({
        Tags: tagList(findByArn(params.ResourceARN, call)?.tags ?? {}),
      }),
    },

    TagResource: {
      authorize: onArn("TagResource"),
      run(params, call) {
        const alarm = alarmOf(params.ResourceARN, call);
        alarm.tags = tagsWith(alarm.tags, tagsByKey(params.Tags), tooManyTags);
        return {};
      },
    },

    UntagResource: {
      authorize: onArn("UntagResource"),
      run(params, call) {
        const alarm = alarmOf(params.ResourceARN, call);
        alarm.tags = tagsWithout(alarm.tags, params.TagKeys);
        return {};
      },
    },
  });
}

function settingsOf(params: AlarmInput): AlarmSettings {
  return {
    description: params.AlarmDescription,
    namespace: params.Namespace,
    metricName: params.MetricName,
    dimensions: asRecord(params.Dimensions),
    unit: params.Unit,
    statistic: params.Statistic,
    periodSeconds: params.Period,
    evaluationPeriods: params.EvaluationPeriods,
    datapointsToAlarm: params.DatapointsToAlarm,
    threshold: params.Threshold,
    // Others are refused as unsupported.
    comparison: params.ComparisonOperator as Comparison,
    missingData: (params.TreatMissingData as MissingDataTreatment | undefined) ?? "missing",
    areActionsEnabled: params.ActionsEnabled ?? true,
    alarmActions: params.AlarmActions ?? [],
    okActions: params.OKActions ?? [],
    insufficientDataActions: params.InsufficientDataActions ?? [],
  };
}

function describeAlarm(alarm: Alarm) {
  const { settings } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: settings.description,
    AlarmConfigurationUpdatedTimestamp: alarm.configuredAt / 1000,
    ActionsEnabled: settings.areActionsEnabled,
    OKActions: settings.okActions,
    AlarmActions: settings.alarmActions,
    InsufficientDataActions: settings.insufficientDataActions,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateUpdatedTimestamp: alarm.stateUpdatedAt / 1000,
    MetricName: settings.metricName,
    Namespace: settings.namespace,
    Statistic: settings.statistic,
    Dimensions: asList(settings.dimensions),
    Period: settings.periodSeconds,
    Unit: settings.unit,
    EvaluationPeriods: settings.evaluationPeriods,
    DatapointsToAlarm: settings.datapointsToAlarm,
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparison,
    TreatMissingData: settings.missingData,
  };
}
