import { hash } from "node:crypto";
import { withJson } from "../../../kernel/json-text.ts";
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
  const about = {
    eventID: hash("md5", `${stream.arn}/${number}`),
    eventName: record.eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
  };
  const begin = { ApproximateCreationDateTime: Math.floor(record.createdAt / 1000), Keys: keys };
  const end = {
    SequenceNumber: number,
    SizeBytes: encodeItem(keys).bytes + (showsNew ? record.newBytes : 0) + (showsOld ? record.oldBytes : 0),
    StreamViewType: stream.viewType,
  };
  const identity = record.isExpiry ? { userIdentity: TTL_IDENTITY } : {};
  const described = {
    ...about,
    dynamodb: {
      ...begin,
      ...(showsNew ? { NewImage: newImage } : {}),
      ...(showsOld ? { OldImage: oldImage } : {}),
      ...end,
    },
    ...identity,
  };
  const [frame, first] = [JSON.stringify({ ...about, ...identity }), JSON.stringify(begin)];
  const last = JSON.stringify(end);
  // The images are texts already, which the table shares.
  return withJson(described, () => {
    const images = [
      ...(showsNew ? [`"NewImage":${record.newJson},`] : []),
      ...(showsOld ? [`"OldImage":${record.oldJson},`] : []),
    ];
    return `${frame.slice(0, -1)},"dynamodb":${first.slice(0, -1)},${images.join("")}${last.slice(1)}}`;
  });
}
