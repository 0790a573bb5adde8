import { type Environment, readEnvironment } from "../shared/environment.ts";
import type { ArchiveOptions } from "./archive.ts";
import { RemovePolicy } from "./core/line.ts";

/** The archiver's parsed environment. */
export interface ArchiverConfig {
  readonly deliveryStreamName: string;
  readonly archiveBucket: string;
  readonly metricsNamespace: string;
  readonly options: ArchiveOptions;
}

/**
 * Reads the archiver's environment.
 * @throws EnvironmentError that lists every mistake
 */
export function readArchiverConfig(environment: Environment): ArchiverConfig {
  const read = readEnvironment(environment);
  const config: ArchiverConfig = {
    deliveryStreamName: read.required("DELIVERY_STREAM_NAME"),
    archiveBucket: read.required("ARCHIVE_BUCKET"),
    metricsNamespace: read.optional("METRICS_NAMESPACE", "Tributary"),
    options: {
      removePolicy: read.oneOf("REMOVE_POLICY", Object.values(RemovePolicy), RemovePolicy.Skip),
      oversizedPrefix: read.optional("OVERSIZED_PREFIX", "parked/"),
    },
  };
  read.finish();
  return config;
}
