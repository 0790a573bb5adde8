import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";

/** The destination of parked data. */
export interface ObjectStore {
  /** Writes one JSON object; replaces an existing one. */
  put(key: string, body: string, signal: AbortSignal): Promise<void>;
}

/** An object store in one S3 bucket. */
export function createS3ObjectStore(client: S3Client, bucket: string): ObjectStore {
  return {
    async put(key, body, signal) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: "application/json" });
      await client.send(command, { abortSignal: signal });
    },
  };
}
