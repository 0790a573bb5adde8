import type { Cloud } from "../../cloud.ts";
import type { Operation, Service } from "../../service.ts";
import { jsonProtocol } from "../json-protocol.ts";

/** Placeholder: replaced by the helper that owns this folder. */
export class S3Service implements Service {
  readonly name = "s3";
  readonly protocol = jsonProtocol("1.1", "placeholder");
  readonly operations: Readonly<Record<string, Operation>> = {};
  readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  emptyData(): void {}

  close(): void {}
}
