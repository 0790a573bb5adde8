import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../iam/policy.ts";
import type { LogSettings } from "../log-group.ts";
import type { Transform } from "../scope.ts";

/** Where in a network a function's environments run. */
export interface FunctionNetworkArgs {
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** Settings of a function that every component with a function takes. */
export interface FunctionSettings {
  /** Memory, in MiB; CPU follows it (1,769 MiB is one). @default 512 */
  readonly memoryMiB?: number;
  /** Seconds until an invocation is ended. @default 60 */
  readonly timeoutSeconds?: number;
  /** The function's log group. @default one that keeps events for 30 days */
  readonly logs?: LogSettings;
  /** X-Ray: `PassThrough` or `Active`. @default "PassThrough" */
  readonly tracingMode?: string;
  /**
   * Whether stack traces name files and lines of the source. A source map is deployed with the bundle, without the
   * sources, and `NODE_OPTIONS` gets `--enable-source-maps`. Node.js reads the map when the stack of an error is first
   * read, which takes time.
   * @default false
   */
  readonly sourceMaps?: boolean;
  /**
   * Whether code that only an `import()` needs gets files of its own, which are loaded when it runs. Modules that
   * several files need are then evaluated before the others, so not for an entry whose first import must run first.
   * @default false: one file; the project's own functions are split
   */
  readonly splitting?: boolean;
  /** Puts the function into a network. @default none: Lambda's own */
  readonly network?: FunctionNetworkArgs;
}

export interface BundledFunctionArgs extends FunctionSettings {
  /** Absolute path of the TypeScript or JavaScript file that exports `handler`. */
  readonly entry: string;
  /**
   * Whether functions and classes keep their names, which code may read. To set them takes CPU at each cold start.
   * @default true; the project's own functions do without
   */
  readonly keepNames?: boolean;
  /** Description of the function. @default none */
  readonly description?: pulumi.Input<string>;
  /** Environment variables. @default none */
  readonly environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** What the function may do besides writing its logs. @default nothing */
  readonly statements?: PolicyStatement[];
  /** Name of the role, where another account must know it beforehand. @default made from the component's name */
  readonly roleName?: string;
  /** Path of the role, beginning and ending with "/". @default "/" */
  readonly rolePath?: string;
  /** ARN of the permissions boundary of the role. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * `retain`: the log group stays when the function goes, until its events expire; `destroy`: it goes too.
   * @default "retain"
   */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface BundledFunctionTransform {
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly policy?: Transform<aws.iam.RolePolicyArgs>;
  readonly function?: Transform<aws.lambda.FunctionArgs>;
}

export interface BundledFunctionOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: BundledFunctionTransform;
}

/** The raw children. */
export interface BundledFunctionNodes {
  /** Absent where the log group existed already. */
  readonly logGroup?: aws.cloudwatch.LogGroup | undefined;
  readonly role: aws.iam.Role;
  readonly policy: aws.iam.RolePolicy;
  readonly function: aws.lambda.Function;
}
