import { hash } from "node:crypto";
import type { WireItem } from "../attribute-value.ts";
import { encodeItem } from "../attribute-value.ts";
import type { ChangeRecord, TableStream } from "../table-stream.ts";

/** The user identity of deletions by TTL. */
const TTL_IDENTITY = { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" } as const;

/** A change as GetRecords returns it: the key, and the images of the stream's view type. */
export function describeRecord(stream: TableStream, record: ChangeRecord, region: string) {
  const newImage = record.newJson === undefined ? undefined : (JSON.parse(record.newJson) as WireItem);
  const oldImage = record.oldJson === undefined ? undefined : (JSON.parse(record.oldJson) as WireItem);
  const keys = stream.keysOf((newImage ?? oldImage) as WireItem);
  const showsNew = newImage !== undefined && stream.viewType.includes("NEW");
  const showsOld = oldImage !== undefined && stream.viewType.includes("OLD");
  const number = stream.sequenceNumber(record.sequence);
  return {
    eventID: hash("md5", `${stream.arn}/${number}`),
    eventName: record.eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(record.createdAt / 1000),
      Keys: keys,
      ...(showsNew ? { NewImage: newImage } : {}),
      ...(showsOld ? { OldImage: oldImage } : {}),
      SequenceNumber: number,
      SizeBytes: encodeItem(keys).bytes + (showsNew ? record.newBytes : 0) + (showsOld ? record.oldBytes : 0),
      StreamViewType: stream.viewType,
    },
    ...(record.isExpiry ? { userIdentity: TTL_IDENTITY } : {}),
  };
}
