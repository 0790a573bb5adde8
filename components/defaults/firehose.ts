/** The compression of objects that Firehose writes. */
export const Compression = {
  Uncompressed: "UNCOMPRESSED",
  Gzip: "GZIP",
  Zip: "ZIP",
  Snappy: "Snappy",
  HadoopSnappy: "HADOOP_SNAPPY",
} as const;
export type Compression = (typeof Compression)[keyof typeof Compression];

/** Defaults of a delivery stream; the error prefix must say the kind of error. */
export const deliveryDefaults = {
  bufferingSize: 5,
  bufferingInterval: 300,
  compressionFormat: Compression.Uncompressed,
  prefix: "events/",
  errorOutputPrefix: "failed/!{firehose:error-output-type}/",
} as const;

/** AWS's limits of a delivery stream's buffer. */
export const deliveryLimits = { bufferMiB: { min: 1, max: 128 }, bufferSeconds: { min: 0, max: 900 } } as const;
