import { STREAM_ARN } from "./kinesis-events.ts";

/** What a deployed replicator has in its environment. */
export const replicatorEnvironment = {
  AWS_LAMBDA_FUNCTION_NAME: "replicator-fn",
  TARGET_ROLE_ARN: "arn:aws:iam::222222222222:role/tributary/writer",
  TARGET_EXTERNAL_ID: "external-1",
  TARGET_REGION: "us-east-1",
  TARGET_TABLE_NAME: "events",
  SOURCE_STREAM_ARN: STREAM_ARN,
  PARKED_BUCKET: "parked-bucket",
} as const;

/** What a deployed archiver has in its environment. */
export const archiverEnvironment = {
  AWS_LAMBDA_FUNCTION_NAME: "archiver-fn",
  DELIVERY_STREAM_NAME: "delivery",
  ARCHIVE_BUCKET: "archive",
} as const;
