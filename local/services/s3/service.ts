import type { Ports } from "../../kernel/ports.ts";
import type { Contents, Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { S3Store } from "./store.ts";
import { wire } from "./wire.ts";

/** S3: general purpose buckets and their objects. */
export function s3(ports: Ports) {
  const store = new S3Store(ports);
  const find = (arn: string) => store.find(arn.split(":")[5] ?? "");
  return {
    name: "s3",
    store,
    wire,
    faults,
    conditionKeys: [
      "kms:EncryptionContext:aws:s3:arn",
      "kms:ViaService",
      "s3:ResourceAccount",
      "s3:delimiter",
      "s3:max-keys",
      "s3:prefix",
    ],
    accessDenied: { code: "AccessDenied", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    find,
    contents: (arn) => contentsOf(find(arn)),
    emptyData: () => store.emptyData(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: S3Store };
}

function contentsOf(bucket: ReturnType<S3Store["find"]>): Contents | undefined {
  if (!bucket) return undefined;
  const { objects } = bucket;
  return {
    get count() {
      return objects.keys().length;
    },
    read: (key) => objects.get(key)?.body,
  };
}
