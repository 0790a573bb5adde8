import program from "../../index.ts";
import { type RecordOptions, record } from "../support/mocks.ts";
import { committedConfig } from "../support/stack-config.ts";

/** The accounts of the committed stack files. */
export const PROD = "111111111111";
export const POC = "222222222222";
const POC_STACK = "organization/tributary/poc";

/** What the committed POC stack gives out, as prod reads it. */
export const pocOutputs = {
  accountId: POC,
  region: "us-east-1",
  tableName: "tributary-target-table-1a2b3c4",
  writerRoleArn: `arn:aws:iam::${POC}:role/tributary-target-writer-1a2b3c4`,
  indexedAttributes: [],
  ttlAttribute: "",
  ttlSeconds: 0,
};

type Config = Readonly<Record<string, string>>;

export const pocOptions = (config: Config = {}): RecordOptions => ({
  stack: "poc",
  accountId: POC,
  config: { ...committedConfig("poc"), ...config },
});
/** The committed production stack, with other configuration or other outputs of the POC stack. */
export const prodOptions = (
  config: Config = {},
  outputs: Readonly<Record<string, unknown>> = pocOutputs,
): RecordOptions => ({
  stack: "prod",
  accountId: PROD,
  config: { ...committedConfig("prod"), ...config },
  stackOutputs: { [POC_STACK]: outputs },
});
/** Runs a committed stack, with other configuration. */
export const runPoc = (config?: Config) => record(program, pocOptions(config));
export const runProd = (config?: Config, outputs?: Readonly<Record<string, unknown>>) =>
  record(program, prodOptions(config, outputs));
