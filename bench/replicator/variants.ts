import { fileURLToPath } from "node:url";
import { OwnFunction } from "../../components/bundled-function/own-code.ts";
import { runProcess } from "../../local/rehearse/run-process.ts";
import { type BundledHandler, bundleHandler, bundleOwn } from "../bundles.ts";
import { STREAM_ARN, TABLE_NAME } from "../data/kinesis-events.ts";
import type { RunnableHandler } from "../handler-bench.ts";

/** Names of the ways to replicate, as the tables show them. */
export const Way = {
  Ours: "Tributary, as shipped",
  Floor: "floor: base64 and JSON.parse, no request",
  LowLevel: "client-dynamodb BatchWriteItem, marshall",
  LibBatch: "lib-dynamodb BatchWrite, 25 × 16 at once",
  PutEach: "lib-dynamodb Put, one after another",
  Powertools: "Powertools batch processor, Put",
  Python: "boto3 put_item, one after another",
} as const;
export type Way = (typeof Way)[keyof typeof Way];

/** The environment of a deployed replicator; the other ways read the target from it. */
export const replicatorEnvironment = {
  AWS_LAMBDA_FUNCTION_NAME: "tributary-replicator",
  TARGET_ROLE_ARN: "arn:aws:iam::222222222222:role/tributary-target-writer",
  TARGET_EXTERNAL_ID: "a-long-random-word",
  TARGET_REGION: "us-east-1",
  TARGET_TABLE_NAME: TABLE_NAME,
  SOURCE_STREAM_ARN: STREAM_ARN,
  PARKED_BUCKET: "parked",
} as const;

/** A way that can be run, and its bundle if it is in Node.js. */
export interface RunnableWay extends RunnableHandler {
  readonly name: Way;
  readonly bundle?: BundledHandler;
}

const entries: Readonly<Partial<Record<Way, string>>> = {
  [Way.Floor]: "./variants/floor.ts",
  [Way.LowLevel]: "./variants/low-level-batch.ts",
  [Way.LibBatch]: "./variants/lib-dynamodb-batch.ts",
  [Way.PutEach]: "./variants/put-each.ts",
  [Way.Powertools]: "./variants/powertools.ts",
};

const absolute = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles all ways in Node.js: ours as it is deployed, the others by the same bundling. @param folder for their files */
export function bundleWays(folder: string): ReadonlyMap<Way, RunnableWay> {
  const bundles: [Way, BundledHandler][] = [
    [Way.Ours, bundleOwn(OwnFunction.Replicator, folder, "replicator")],
    ...Object.entries(entries).map(([name, entry], index): [Way, BundledHandler] => [
      name as Way,
      bundleHandler(absolute(entry), folder, `replicator-way-${index}`),
    ]),
  ];
  return new Map(bundles.map(([name, bundle]) => [name, { name, file: bundle.file, bundle }]));
}

/** The way in Python, or why it cannot be run here. */
export async function pythonWay(): Promise<RunnableWay | { readonly missing: string }> {
  const found = await runProcess("python3", ["-c", "import boto3"], { cwd: "." }).catch(() => undefined);
  if (found?.code !== 0) return { missing: `${Way.Python}: there is no python3 with boto3 (pip install boto3)` };
  return { name: Way.Python, file: absolute("./variants/put_each.py"), program: "python3" };
}
