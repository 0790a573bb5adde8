/**
 * The configuration of a function; any change makes new execution environments. Names are Lambda's, with the unit in
 * the name.
 */
export interface FunctionSettings {
  readonly description: string;
  readonly roleArn: string;
  readonly runtime: string;
  /** `<file>.<export>`. */
  readonly handler: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly architectures: readonly string[];
  readonly ephemeralStorageMb: number;
  readonly logFormat: "Text" | "JSON";
  readonly logGroupName: string;
  readonly applicationLogLevel: string;
  readonly systemLogLevel: string;
  readonly tracingMode: string;
}

/** A function's files on disk. */
export interface DeployedCode {
  /** Folder; removed when the code is replaced or the cloud closes. */
  readonly taskRoot: string;
  /** Base64 of a SHA-256 over the files. */
  readonly codeSha256: string;
  readonly sizeBytes: number;
}
