import { randomUUID } from "node:crypto";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { missingRole } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument, PolicyStatement } from "../../kernel/policy.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { FunctionAddress } from "./function-address.ts";
import { functionArn } from "./function-address.ts";
import { MAX_POLICY_BYTES } from "./limits.ts";

/** The parameters of AddPermission: one statement of a function's resource policy. */
export interface FunctionPermission {
  readonly statementId: string;
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string;
  /** A service's name, an account's id, the ARN of a role, a user or an account, or `*`. */
  readonly principal: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
}

/**
 * The resource policy of one function. Error messages as recorded on AWS (localstack's snapshots of test_lambda_api,
 * 11-2025).
 */
export class FunctionPolicy {
  readonly #ports: Ports;
  readonly #address: FunctionAddress;
  #document: PolicyDocument | undefined;
  #revisionId: string | undefined;

  constructor(ports: Ports, address: FunctionAddress) {
    this.#ports = ports;
    this.#address = address;
  }

  /** The policy in the form that IAM evaluates; undefined without statements. */
  get document(): PolicyDocument | undefined {
    return this.#document;
  }

  /** Revision of the policy, new after each change; undefined without statements. */
  get revisionId(): string | undefined {
    return this.#revisionId;
  }

  /** The statements, in order of addition. */
  get statements(): readonly PolicyStatement[] {
    return (this.#document?.Statement as readonly PolicyStatement[] | undefined) ?? [];
  }

  /**
   * Adds a statement.
   * @throws AwsError ResourceConflictException, InvalidParameterValueException, PolicyLengthExceededException.
   */
  add(permission: FunctionPermission): PolicyStatement {
    const { statementId } = permission;
    if (this.statements.some(({ Sid }) => Sid === statementId)) {
      throw new AwsError(
        "ResourceConflictException",
        `The statement id (${statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        409,
      );
    }
    const statement = statementOf(permission, this.#address);
    const document = parsed([...this.statements, statement]);
    if (missingRole({ Statement: statement }, this.#ports.roles) !== undefined) throw invalidPrincipal();
    const size = Buffer.byteLength(JSON.stringify(document));
    if (size > MAX_POLICY_BYTES) {
      throw new AwsError(
        "PolicyLengthExceededException",
        `The final policy size (${size}) is bigger than the limit (${MAX_POLICY_BYTES}).`,
      );
    }
    this.#document = document;
    this.#revisionId = randomUUID();
    return statement;
  }

  /** Removes a statement. @throws AwsError ResourceNotFoundException. */
  remove(statementId: string): void {
    const rest = this.statements.filter(({ Sid }) => Sid !== statementId);
    if (!this.#document) throw notFound("No policy is associated with the given resource.");
    if (rest.length === this.statements.length) {
      throw notFound(`Statement ${statementId} is not found in resource policy.`);
    }
    this.#document = rest.length === 0 ? undefined : parsed(rest);
    this.#revisionId = rest.length === 0 ? undefined : randomUUID();
  }

  /** Throws AwsError PreconditionFailedException unless this is the latest revision. */
  assertRevision(revisionId: string | undefined): void {
    if (revisionId === undefined || revisionId === this.#revisionId) return;
    throw new AwsError(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id",
      412,
    );
  }
}

/** The principal of a statement in AddPermission's form: an account's id becomes its ARN. */
export function principalText(statement: PolicyStatement): string {
  const { Principal: principal } = statement;
  if (typeof principal !== "object") return principal ?? "";
  return String(principal["AWS"] ?? principal["Service"] ?? "");
}

function statementOf(permission: FunctionPermission, address: FunctionAddress): PolicyStatement {
  const { sourceAccount, sourceArn } = permission;
  const resource = functionArn(address);
  const condition = {
    ...(sourceAccount === undefined ? {} : { StringEquals: { "AWS:SourceAccount": sourceAccount } }),
    ...(sourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": sourceArn } }),
  };
  return {
    Sid: permission.statementId,
    Effect: "Allow",
    Principal: principalOf(permission.principal, resource.split(":")[1] ?? ""),
    Action: permission.action,
    Resource: resource,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function principalOf(principal: string, partition: string): NonNullable<PolicyStatement["Principal"]> {
  if (principal === "*") return principal;
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  if (principal.startsWith("arn:")) return { AWS: principal };
  if (/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com)$/.test(principal)) return { Service: principal };
  throw invalidPrincipal();
}

/** A parsed policy of these statements. */
function parsed(statements: readonly PolicyStatement[]): PolicyDocument {
  try {
    return parsePolicy({ Version: "2012-10-17", Id: "default", Statement: statements }, PolicyKind.Resource);
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw invalidPrincipal();
    throw error;
  }
}

function invalidPrincipal(): AwsError {
  return new AwsError(
    "InvalidParameterValueException",
    "The provided principal was invalid. Please check the principal and try again.",
  );
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 404);
}
