import { attachedPolicy } from "../../../accounts/resource-policy.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { operationsOn } from "../../../kernel/verbs.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import { tagList, type WireTag } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/kinesis.ts";
import { pageAfter } from "../../../wire/pages.ts";
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
  return { ...onStreams(store), ...byResourceArn(store) };
}

function onStreams(store: KinesisStore): Readonly<Record<string, Operation>> {
  const monitoring = (isEnabled: boolean) => ({
    run(stream: KinesisStream, { ShardLevelMetrics }: { readonly ShardLevelMetrics: readonly string[] }) {
      const { current, desired } = setMonitoring(stream, ShardLevelMetrics, isEnabled);
      return {
        StreamName: stream.name,
        CurrentShardLevelMetrics: current,
        DesiredShardLevelMetrics: desired,
        StreamARN: stream.arn,
      };
    },
  });
  return operationsOn<Inputs, KinesisStream>(
    {
      authorize: (action, params: StreamAddress, call) =>
        store.authorize(`kinesis:${action}`, addressedArn(params, call)),
      require: (params: StreamAddress, call) => store.require(addressedArn(params, call)),
    },
    {
      IncreaseStreamRetentionPeriod: {
        run: (stream, { RetentionPeriodHours: hours }) => setRetention(stream, hours, "increase"),
      },
      DecreaseStreamRetentionPeriod: {
        run: (stream, { RetentionPeriodHours: hours }) => setRetention(stream, hours, "decrease"),
      },
      UpdateStreamMode: { run: (stream, { StreamModeDetails }) => setMode(stream, StreamModeDetails.StreamMode) },
      UpdateMaxRecordSize: { run: (stream, { MaxRecordSizeInKiB }) => setMaxRecordSize(stream, MaxRecordSizeInKiB) },
      StartStreamEncryption: { run: (stream, { KeyId }) => startEncryption(stream, KeyId) },
      StopStreamEncryption: { run: (stream, { KeyId }) => stopEncryption(stream, KeyId) },
      EnableEnhancedMonitoring: monitoring(true),
      DisableEnhancedMonitoring: monitoring(false),
      AddTagsToStream: { run: (stream, { Tags }) => addTags(stream, Tags) },
      RemoveTagsFromStream: { run: (stream, { TagKeys }) => removeTags(stream, TagKeys) },
      ListTagsForStream: {
        run({ settings }, { Limit: limit = TAGS_PER_LIST, ExclusiveStartTagKey: after }) {
          const { page, next } = pageAfter(tagList(settings.tags), { limit, after }, ({ Key }) => Key);
          return { Tags: page, HasMoreTags: next !== undefined };
        },
      },
    },
  );
}

function byResourceArn(store: KinesisStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
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
