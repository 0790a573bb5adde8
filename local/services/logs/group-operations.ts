import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../kernel/service.ts";
import type { LogGroup, LogGroupSettings } from "./log-group.ts";
import * as schema from "./schema.ts";
import type { LogsService } from "./service.ts";

/** Tags that a resource may have. */
const MAX_TAGS = 50;

/** How groups and streams are made, changed and deleted over the wire; what is in them has operations of its own. */
export function groupOperations(logs: LogsService): Readonly<Record<string, Operation>> {
  const onGroup =
    (action: string) =>
    <P extends { logGroupName: string; logStreamName?: string }>(params: P, call: Call) =>
      logs.authorize(action, call, params.logGroupName, params.logStreamName);
  const onArn =
    (action: string) =>
    <P extends { resourceArn: string }>(params: P) => [{ action: `logs:${action}`, resource: params.resourceArn }];
  const change = (group: LogGroup, settings: Partial<LogGroupSettings>): void => {
    group.settings = { ...group.settings, ...settings };
  };
  const groupOf = (arn: string, call: Call): LogGroup => {
    const group = logs.groups(call).find((candidate) => candidate.arn === arn);
    if (!group) throw new AwsError("ResourceNotFoundException", "The specified resource does not exist.");
    return group;
  };

  return {
    CreateLogGroup: defineOperation({
      input: schema.createLogGroupInput,
      authorize: onGroup("CreateLogGroup"),
      run(params, call) {
        logs.createGroup(call, params.logGroupName, {
          retentionInDays: undefined,
          kmsKeyId: params.kmsKeyId,
          logGroupClass: "STANDARD",
          isDeletionProtected: false,
          tags: params.tags ?? {},
        });
      },
    }),

    DeleteLogGroup: defineOperation({
      input: schema.logGroupInput,
      authorize: onGroup("DeleteLogGroup"),
      run: (params, call) => logs.deleteGroup(call, params.logGroupName),
    }),

    CreateLogStream: defineOperation({
      input: schema.logStreamInput,
      authorize: onGroup("CreateLogStream"),
      run(params, call) {
        logs.createStream(call, params.logGroupName, params.logStreamName);
      },
    }),

    DeleteLogStream: defineOperation({
      input: schema.logStreamInput,
      authorize: onGroup("DeleteLogStream"),
      run: (params, call) => logs.deleteStream(call, params.logGroupName, params.logStreamName),
    }),

    PutRetentionPolicy: defineOperation({
      input: schema.putRetentionPolicyInput,
      authorize: onGroup("PutRetentionPolicy"),
      run: (params, call) => change(logs.group(call, params.logGroupName), { retentionInDays: params.retentionInDays }),
    }),

    DeleteRetentionPolicy: defineOperation({
      input: schema.logGroupInput,
      authorize: onGroup("DeleteRetentionPolicy"),
      run: (params, call) => change(logs.group(call, params.logGroupName), { retentionInDays: undefined }),
    }),

    AssociateKmsKey: defineOperation({
      input: schema.associateKmsKeyInput,
      authorize: onGroup("AssociateKmsKey"),
      run: ({ logGroupName, kmsKeyId }, call) => change(logs.group(call, logGroupName), { kmsKeyId }),
    }),

    DisassociateKmsKey: defineOperation({
      input: schema.disassociateKmsKeyInput,
      authorize: onGroup("DisassociateKmsKey"),
      run: ({ logGroupName }, call) => change(logs.group(call, logGroupName), { kmsKeyId: undefined }),
    }),

    ListTagsForResource: defineOperation({
      input: schema.listTagsForResourceInput,
      authorize: onArn("ListTagsForResource"),
      run: (params, call) => ({ tags: groupOf(params.resourceArn, call).settings.tags }),
    }),

    TagResource: defineOperation({
      input: schema.tagResourceInput,
      authorize: onArn("TagResource"),
      run(params, call) {
        const group = groupOf(params.resourceArn, call);
        const tags = { ...group.settings.tags, ...params.tags };
        if (Object.keys(tags).length > MAX_TAGS) {
          throw new AwsError("TooManyTagsException", `A resource can have ${MAX_TAGS} tags at most.`);
        }
        change(group, { tags });
      },
    }),

    UntagResource: defineOperation({
      input: schema.untagResourceInput,
      authorize: onArn("UntagResource"),
      run(params, call) {
        const group = groupOf(params.resourceArn, call);
        const removed = new Set(params.tagKeys);
        const left = Object.entries(group.settings.tags).filter(([key]) => !removed.has(key));
        change(group, { tags: Object.fromEntries(left) });
      },
    }),
  };
}
