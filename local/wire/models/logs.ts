// botocore 1.44.8, data/logs/2014-03-28/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AssociateKmsKey: AssociateKmsKeyRequest;
  readonly CreateLogGroup: CreateLogGroupRequest;
  readonly CreateLogStream: CreateLogStreamRequest;
  readonly DeleteLogGroup: DeleteLogGroupRequest;
  readonly DeleteLogStream: DeleteLogStreamRequest;
  readonly DeleteRetentionPolicy: DeleteRetentionPolicyRequest;
  readonly DescribeLogGroups: DescribeLogGroupsRequest;
  readonly DescribeLogStreams: DescribeLogStreamsRequest;
  readonly DisassociateKmsKey: DisassociateKmsKeyRequest;
  readonly FilterLogEvents: FilterLogEventsRequest;
  readonly GetLogEvents: GetLogEventsRequest;
  readonly ListTagsForResource: ListTagsForResourceRequest;
  readonly PutLogEvents: PutLogEventsRequest;
  readonly PutRetentionPolicy: PutRetentionPolicyRequest;
  readonly TagResource: TagResourceRequest;
  readonly UntagResource: UntagResourceRequest;
}

export type AssociateKmsKeyRequest = {
  readonly logGroupName?: string;
  readonly kmsKeyId: string;
  readonly resourceIdentifier?: string;
};

export type CreateLogGroupRequest = {
  readonly logGroupName: string;
  readonly kmsKeyId?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly logGroupClass?: "STANDARD" | "INFREQUENT_ACCESS" | "DELIVERY" | "ESSENTIALS";
  readonly deletionProtectionEnabled?: boolean;
};

export type CreateLogStreamRequest = {
  readonly logGroupName: string;
  readonly logStreamName: string;
};

export type DeleteLogGroupRequest = {
  readonly logGroupName: string;
};

export type DeleteLogStreamRequest = {
  readonly logGroupName: string;
  readonly logStreamName: string;
};

export type DeleteRetentionPolicyRequest = {
  readonly logGroupName: string;
};

export type DescribeLogGroupsRequest = {
  readonly accountIdentifiers?: readonly string[];
  readonly logGroupNamePrefix?: string;
  readonly logGroupNamePattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly includeLinkedAccounts?: boolean;
  readonly logGroupClass?: "STANDARD" | "INFREQUENT_ACCESS" | "DELIVERY" | "ESSENTIALS";
  readonly logGroupIdentifiers?: readonly string[];
};

export type DescribeLogStreamsRequest = {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: "LogStreamName" | "LastEventTime";
  readonly descending?: boolean;
  readonly nextToken?: string;
  readonly limit?: number;
};

export type DisassociateKmsKeyRequest = {
  readonly logGroupName?: string;
  readonly resourceIdentifier?: string;
};

export type Entity = {
  readonly keyAttributes?: { readonly [key: string]: string };
  readonly attributes?: { readonly [key: string]: string };
};

export type FilterLogEventsRequest = {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly filterPattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
  readonly interleaved?: boolean;
  readonly unmask?: boolean;
};

export type GetLogEventsRequest = {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamName: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
  readonly unmask?: boolean;
};

export type InputLogEvent = {
  readonly timestamp: number;
  readonly message: string;
};

export type ListTagsForResourceRequest = {
  readonly resourceArn: string;
};

export type PutLogEventsRequest = {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly InputLogEvent[];
  readonly sequenceToken?: string;
  readonly entity?: Entity;
};

export type PutRetentionPolicyRequest = {
  readonly logGroupName: string;
  readonly retentionInDays: number;
};

export type TagResourceRequest = {
  readonly resourceArn: string;
  readonly tags: { readonly [key: string]: string };
};

export type UntagResourceRequest = {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
};
