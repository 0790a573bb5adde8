import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { MAX_TAGS, tagsWith, tagsWithout } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/logs.ts";
import { RETENTION_DAYS } from "../limits.ts";
import type { LogGroup, LogGroupSettings } from "../log-group.ts";
import { checkKey, invalid } from "../names.ts";
import type { LogsStore } from "../store.ts";

const tooManyTags = () => new AwsError("TooManyTagsException", `A resource can have ${MAX_TAGS} tags at most.`);

/** Creating, changing, tagging and deleting groups and streams. */
export function groupOperations(store: LogsStore): Readonly<Record<string, Operation>> {
  const onGroup =
    (action: string) =>
    <P extends { logGroupName?: string; logStreamName?: string }>(params: P, call: Call) =>
      store.authorize(action, call, named(params.logGroupName), params.logStreamName);
  const onArn =
    (action: string) =>
    <P extends { resourceArn: string }>(params: P) => [{ action: `logs:${action}`, resource: params.resourceArn }];
  const change = (group: LogGroup, settings: Partial<LogGroupSettings>): void => {
    group.settings = { ...group.settings, ...settings };
  };
  const groupOf = (arn: string, call: Call): LogGroup => {
    const group = store.list(call).find((candidate) => candidate.arn === arn);
    if (!group) throw new AwsError("ResourceNotFoundException", "The specified resource does not exist.");
    return group;
  };

  return defineOperations<Inputs>({
    CreateLogGroup: {
      authorize: onGroup("CreateLogGroup"),
      run(params, call) {
        checkKey(params.kmsKeyId);
        store.add(call, params.logGroupName, {
          retentionInDays: undefined,
          kmsKeyId: params.kmsKeyId,
          logGroupClass: "STANDARD",
          isDeletionProtected: false,
          tags: params.tags ?? {},
        });
      },
    },

    DeleteLogGroup: {
      authorize: onGroup("DeleteLogGroup"),
      run: (params, call) => store.remove(call, params.logGroupName),
    },

    CreateLogStream: {
      authorize: onGroup("CreateLogStream"),
      run(params, call) {
        store.addStream(call, params.logGroupName, params.logStreamName);
      },
    },

    DeleteLogStream: {
      authorize: onGroup("DeleteLogStream"),
      run: (params, call) => store.removeStream(call, params.logGroupName, params.logStreamName),
    },

    PutRetentionPolicy: {
      authorize: onGroup("PutRetentionPolicy"),
      run({ logGroupName, retentionInDays }, call) {
        if (!RETENTION_DAYS.includes(retentionInDays)) {
          throw invalid(`retentionInDays: must be one of ${RETENTION_DAYS.join(", ")}`);
        }
        change(store.require(call, logGroupName), { retentionInDays });
      },
    },

    DeleteRetentionPolicy: {
      authorize: onGroup("DeleteRetentionPolicy"),
      run: (params, call) => change(store.require(call, params.logGroupName), { retentionInDays: undefined }),
    },

    AssociateKmsKey: {
      authorize: onGroup("AssociateKmsKey"),
      run({ logGroupName, kmsKeyId }, call) {
        checkKey(kmsKeyId);
        change(store.require(call, named(logGroupName)), { kmsKeyId });
      },
    },

    DisassociateKmsKey: {
      authorize: onGroup("DisassociateKmsKey"),
      run: ({ logGroupName }, call) => change(store.require(call, named(logGroupName)), { kmsKeyId: undefined }),
    },

    ListTagsForResource: {
      authorize: onArn("ListTagsForResource"),
      run: (params, call) => ({ tags: groupOf(params.resourceArn, call).settings.tags }),
    },

    TagResource: {
      authorize: onArn("TagResource"),
      run(params, call) {
        const group = groupOf(params.resourceArn, call);
        change(group, { tags: tagsWith(group.settings.tags, params.tags, tooManyTags) });
      },
    },

    UntagResource: {
      authorize: onArn("UntagResource"),
      run(params, call) {
        const group = groupOf(params.resourceArn, call);
        change(group, { tags: tagsWithout(group.settings.tags, params.tagKeys) });
      },
    },
  });
}

/** The group's name, which is optional in operations that AWS has for other kinds of resources too. */
function named(logGroupName: string | undefined): string {
  if (logGroupName !== undefined) return logGroupName;
  throw invalid("logGroupName must be given.");
}
