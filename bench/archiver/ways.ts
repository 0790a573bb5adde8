import { fileURLToPath } from "node:url";
import { OwnFunction } from "../../components/bundled-function/own-code.ts";
import { type BundledHandler, bundleHandler, bundleOwn } from "../bundles.ts";
import type { RunnableHandler } from "../handler-bench.ts";

/** Names of the ways to archive, as the tables show them. */
export const Way = {
  Ours: "Tributary, as shipped",
  FanOut: "classic fan-out: a record per line, two posters",
  PutBatch: "PutRecordBatch of single lines",
  PutEach: "PutRecord, one after another",
} as const;
export type Way = (typeof Way)[keyof typeof Way];

/** The environment of a deployed archiver; the other ways read the delivery stream from it. */
export const archiverEnvironment = {
  AWS_LAMBDA_FUNCTION_NAME: "tributary-archiver",
  DELIVERY_STREAM_NAME: "tributary-archive",
  ARCHIVE_BUCKET: "archive",
} as const;

/** A way that can be run. */
export interface RunnableWay extends RunnableHandler {
  readonly name: Way;
  readonly bundle: BundledHandler;
}

/** All ways, by name. */
export type Ways = ReadonlyMap<Way, RunnableWay>;

const absolute = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles all ways: ours as it is deployed, the others by the same bundling. @param folder for their files */
export function bundleWays(folder: string): Ways {
  const bundles: [Way, BundledHandler][] = [
    [Way.Ours, bundleOwn(OwnFunction.Archiver, folder, "archiver")],
    [Way.FanOut, bundleHandler(absolute("./variants/fan-out.ts"), folder, "archiver-fan-out")],
    [Way.PutBatch, bundleHandler(absolute("./variants/put-batch.ts"), folder, "archiver-put-batch")],
    [Way.PutEach, bundleHandler(absolute("./variants/put-each.ts"), folder, "archiver-put-each")],
  ];
  return new Map(bundles.map(([name, bundle]) => [name, { name, file: bundle.file, bundle }]));
}
