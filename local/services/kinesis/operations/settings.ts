import { attachedPolicy } from "../../../accounts/resource-policy.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import { tagList, type WireTag } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/kinesis.ts";
import { streamArnOf } from "../consumer.ts";
import { requireConsumer } from "../consumers.ts";
import type { KinesisStore } from "../store.ts";
import type { KinesisStream } from "../stream.ts";
import { addressedArn, type StreamAddress } from "../stream-address.ts";
import {
  addTags,
  removeTags,
  setMaxRecordSize,
  setMode,
  setMonitoring,
  setRetention,
  startEncryption,
  stopEncryption,
  withoutTags,
  withTags,
} from "../stream-settings.ts";

const TAGS_PER_LIST = 50;
const NO_POLICY = "{}";

/** Settings, tags and policy of a stream, and tags of a consumer. */
export function settingOperations(store: KinesisStore): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    <P extends StreamAddress>(params: P, call: Call) =>
      store.authorize(`kinesis:${action}`, addressedArn(params, call));
  const streamOf = (params: StreamAddress, call: Call) => store.require(addressedArn(params, call));
  const setMonitoringOf =
    (isEnabled: boolean) => (params: StreamAddress & { ShardLevelMetrics: readonly string[] }, call: Call) => {
      const stream = streamOf(params, call);
      const { current, desired } = setMonitoring(stream, params.ShardLevelMetrics, isEnabled);
      return {
        StreamName: stream.name,
        CurrentShardLevelMetrics: current,
        DesiredShardLevelMetrics: desired,
        StreamARN: stream.arn,
      };
    };
  return defineOperations<Inputs>({
    IncreaseStreamRetentionPeriod: {
      authorize: authorize("IncreaseStreamRetentionPeriod"),
      run: (params, call) => setRetention(streamOf(params, call), params.RetentionPeriodHours, "increase"),
    },
    DecreaseStreamRetentionPeriod: {
      authorize: authorize("DecreaseStreamRetentionPeriod"),
      run: (params, call) => setRetention(streamOf(params, call), params.RetentionPeriodHours, "decrease"),
    },
    UpdateStreamMode: {
      authorize: authorize("UpdateStreamMode"),
      run: (params, call) => setMode(streamOf(params, call), params.StreamModeDetails.StreamMode),
    },
    UpdateMaxRecordSize: {
      authorize: authorize("UpdateMaxRecordSize"),
      run: (params, call) => setMaxRecordSize(streamOf(params, call), params.MaxRecordSizeInKiB),
    },
    StartStreamEncryption: {
      authorize: authorize("StartStreamEncryption"),
      run: (params, call) => startEncryption(streamOf(params, call), params.KeyId),
    },
    StopStreamEncryption: {
      authorize: authorize("StopStreamEncryption"),
      run: (params, call) => stopEncryption(streamOf(params, call), params.KeyId),
    },
    EnableEnhancedMonitoring: {
      authorize: authorize("EnableEnhancedMonitoring"),
      run: setMonitoringOf(true),
    },
    DisableEnhancedMonitoring: {
      authorize: authorize("DisableEnhancedMonitoring"),
      run: setMonitoringOf(false),
    },
    AddTagsToStream: {
      authorize: authorize("AddTagsToStream"),
      run: (params, call) => addTags(streamOf(params, call), params.Tags),
    },
    RemoveTagsFromStream: {
      authorize: authorize("RemoveTagsFromStream"),
      run: (params, call) => removeTags(streamOf(params, call), params.TagKeys),
    },
    ListTagsForStream: {
      authorize: authorize("ListTagsForStream"),
      run(params, call) {
        const { tags } = streamOf(params, call).settings;
        const rest = sortedTags(tags).filter(({ Key }) => Key > (params.ExclusiveStartTagKey ?? ""));
        const page = rest.slice(0, params.Limit ?? TAGS_PER_LIST);
        return { Tags: page, HasMoreTags: page.length < rest.length };
      },
    },
    TagResource: {
      authorize: authorizeTagging("TagResource"),
      run: ({ ResourceARN, Tags }) => changeTags(ResourceARN, (tags) => withTags(tags, Tags, ResourceARN)),
    },
    UntagResource: {
      authorize: authorizeTagging("UntagResource"),
      run: ({ ResourceARN, TagKeys }) => changeTags(ResourceARN, (tags) => withoutTags(tags, TagKeys, ResourceARN)),
    },
    ListTagsForResource: {
      authorize: authorizeTagging("ListTagsForResource"),
      run: ({ ResourceARN }) => ({ Tags: sortedTags(tagged(ResourceARN).tags) }),
    },
    PutResourcePolicy: {
      authorize: authorizePolicy("PutResourcePolicy"),
      run({ ResourceARN, Policy }) {
        store.require(ResourceARN).policy = attachedPolicy(Policy);
      },
    },
    GetResourcePolicy: {
      authorize: authorizePolicy("GetResourcePolicy"),
      // Recorded on AWS (08-2025): an empty policy when there is none.
      run: ({ ResourceARN }) => ({ Policy: store.require(ResourceARN).policy?.text ?? NO_POLICY }),
    },
    DeleteResourcePolicy: {
      authorize: authorizePolicy("DeleteResourcePolicy"),
      run({ ResourceARN }) {
        const stream = store.require(ResourceARN);
        assertPolicy(stream);
        stream.policy = undefined;
      },
    },
  });

  function authorizePolicy(action: string) {
    return <P extends { ResourceARN: string }>(params: P, call: Call) =>
      store.authorize(`kinesis:${action}`, addressedArn({ StreamARN: params.ResourceARN }, call));
  }

  /** A stream or a consumer; the local cloud has no policies of consumers. */
  function authorizeTagging(action: string) {
    return <P extends { ResourceARN: string }>({ ResourceARN }: P, call: Call) => {
      addressedArn({ StreamARN: streamArnOf(ResourceARN) }, call);
      return store.authorize(`kinesis:${action}`, ResourceARN);
    };
  }

  function tagged(arn: string): { tags: Readonly<Record<string, string>> } {
    const streamArn = streamArnOf(arn);
    const stream = store.require(streamArn);
    return arn === streamArn ? stream.settings : requireConsumer(stream, { name: undefined, arn });
  }

  function changeTags(
    arn: string,
    change: (tags: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
  ) {
    const owner = tagged(arn);
    owner.tags = change(owner.tags);
  }
}

function assertPolicy({ policy, name, accountId }: KinesisStream): void {
  if (policy) return;
  throw new AwsError(
    "ResourceNotFoundException",
    `Resource policy for stream ${name} under account ${accountId} not found.`,
  );
}

function sortedTags(tags: Tags): WireTag[] {
  return [...tagList(tags)].sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
