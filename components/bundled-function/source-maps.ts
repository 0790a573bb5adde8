const READ_SOURCE_MAPS = "--enable-source-maps";

/** Environment variables with the option that makes Node.js read source maps, after the options that are given. */
export function readingSourceMaps(environment: Readonly<Record<string, string>>): Record<string, string> {
  const { NODE_OPTIONS: given, ...others } = environment;
  return { ...others, NODE_OPTIONS: given ? `${given} ${READ_SOURCE_MAPS}` : READ_SOURCE_MAPS };
}
