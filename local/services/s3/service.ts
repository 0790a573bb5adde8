import type { Ports } from "../../kernel/ports.ts";
import type { Contents } from "../../kernel/service.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { S3Store } from "./store.ts";
import { wire } from "./wire.ts";

/** S3: general purpose buckets and their objects. */
export function s3(ports: Ports) {
  const store = new S3Store(ports);
  const find = (arn: string) => store.find(arn.split(":")[5] ?? "");
  return defineService(store, {
    name: "s3",
    wire,
    operations,
    resourceTypes,
    faults,
    accessDenied: { code: "AccessDenied", status: 403 },
    conditionKeys: [
      "kms:EncryptionContext:aws:s3:arn",
      "kms:ViaService",
      "s3:ResourceAccount",
      "s3:delimiter",
      "s3:max-keys",
      "s3:prefix",
    ],
    find,
    contents: (arn) => contentsOf(find(arn)),
  });
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
