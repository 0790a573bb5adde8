import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { NO_OWN_RETRIES, REQUEST_LIMITS } from "./client-settings.ts";
import type { ObjectStore } from "./object-store.ts";

/** An object store in one S3 bucket, with a client of its own. */
export function openS3ObjectStore(bucket: string): ObjectStore {
  const client = new S3Client({ logger: undefined, requestHandler: REQUEST_LIMITS, ...NO_OWN_RETRIES });
  return {
    async put(key, body, signal) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: "application/json" });
      await client.send(command, { abortSignal: signal });
    },
  };
}
