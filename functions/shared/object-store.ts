import { loadOnce } from "./load-once.ts";

/** The destination of parked data. */
export interface ObjectStore {
  /** Writes one JSON object; replaces an existing one. */
  put(key: string, body: string, signal: AbortSignal): Promise<void>;
}

/** An object store in one S3 bucket. S3's client is loaded with the first object: few batches park anything. */
export function createS3ObjectStore(bucket: string): ObjectStore {
  const store = loadOnce(async () => (await import("./s3-object-store.ts")).openS3ObjectStore(bucket));
  return {
    async put(key, body, signal) {
      return (await store()).put(key, body, signal);
    },
  };
}
