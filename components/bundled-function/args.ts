import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../iam/policy.ts";
import type { Transform } from "../scope.ts";

/** Where in a network a function's environments run. */
export interface FunctionNetworkArgs {
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** What one may choose about any function; a component that makes one passes these on. */
export interface FunctionSettings {
  /** Memory, in MiB; CPU follows it (1,769 MiB is one). @default 512 */
  readonly memoryMiB?: number;
  /** Seconds until an invocation is ended. @default 60 */
  readonly timeoutSeconds?: number;
  /** Days until log events expire. @default 30 */
  readonly logRetentionDays?: pulumi.Input<number>;
  /** X-Ray: `PassThrough` or `Active`. @default "PassThrough" */
  readonly tracingMode?: string;
  /** ARN of the policy that bounds what the role may do, whatever its own policies say. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Whether stack traces name files and lines of the source: a source map is deployed with the bundle, without the sources, and `NODE_OPTIONS` gets
   * `--enable-source-maps`. Reading the map takes time whenever the stack of an error is read for the first time. @default false
   */
  readonly sourceMaps?: boolean;
}

export interface BundledFunctionArgs extends FunctionSettings {
  /** Absolute path of the TypeScript or JavaScript file that exports `handler`. */
  readonly entry: string;
  /** What the function is for. @default none */
  readonly description?: pulumi.Input<string>;
  /** Environment variables. @default none */
  readonly environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** What the function may do beside writing its logs. @default nothing */
  readonly statements?: readonly PolicyStatement[];
  /** Name of the role, where another account must know it beforehand. @default made from the component's name */
  readonly roleName?: string;
  /** Path of the role, beginning and ending with "/". @default "/" */
  readonly rolePath?: string;
  /** `retain`: the log group stays when the function goes, until its events expire; `destroy`: it goes too. @default "retain" */
  readonly removalPolicy?: string;
  /** Puts the function into a network. @default none: Lambda's own */
  readonly network?: FunctionNetworkArgs;
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
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly role: aws.iam.Role;
  readonly policy: aws.iam.RolePolicy;
  readonly function: aws.lambda.Function;
}
