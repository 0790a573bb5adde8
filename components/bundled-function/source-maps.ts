const READ_SOURCE_MAPS = "--enable-source-maps";

/** Environment variables with the option by which Node.js reads source maps, behind the options that are given: it reads none unless it is told to. */
export function readingSourceMaps(environment: Readonly<Record<string, string>>): Record<string, string> {
  const { NODE_OPTIONS: given, ...others } = environment;
  return { ...others, NODE_OPTIONS: given ? `${given} ${READ_SOURCE_MAPS}` : READ_SOURCE_MAPS };
}
