import type { Operation } from "../../kernel/service.ts";
import { accessListOperations } from "./operations/access-lists.ts";
import { bucketOperations } from "./operations/buckets.ts";
import { copyOperations } from "./operations/copies.ts";
import { listOperations } from "./operations/lists.ts";
import { objectOperations } from "./operations/objects.ts";
import { settingOperations } from "./operations/settings.ts";
import { uploadOperations } from "./operations/uploads.ts";
import type { S3Store } from "./store.ts";

/** The operations of S3 that the local cloud has. */
export function operations(store: S3Store): Readonly<Record<string, Operation>> {
  return {
    ...bucketOperations(store),
    ...settingOperations(store),
    ...accessListOperations(store),
    ...listOperations(store),
    ...objectOperations(store),
    ...copyOperations(store),
    ...uploadOperations(store),
  };
}
