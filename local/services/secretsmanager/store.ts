import { createHash } from "node:crypto";
import { partitionOf } from "../../../aws/partitions.ts";
import { isPublicPolicy } from "../../accounts/public-policy.ts";
import { type AttachedPolicy, attachedPolicy } from "../../accounts/resource-policy.ts";
import { DAY_MS, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import { isAwsManagedKey, type KeyUse, keyQuestions, refuseOwnAlias, serviceKeyContext } from "../../kernel/kms.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Shelf } from "../../kernel/shelf.ts";
import { type Addressed, requestKeys } from "./conditions.ts";
import { invalidRequest, MALFORMED_POLICY, notFound } from "./errors.ts";
import { NAME } from "./limits.ts";
import { Label, Secret, type SecretSettings } from "./secret.ts";

const MANAGED_KEY = "alias/aws/secretsmanager";
const ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:(.+)$/;
/** A hyphen and the six characters that AWS adds to the name. */
const SUFFIX_LENGTH = 7;

/** The secrets of all accounts. */
export class SecretsStore extends Shelf<Secret> {
  readonly ports: Ports;
  /** How many secrets each ARN without suffix has had: a secret that is made again gets another suffix. */
  readonly #made = new Map<string, number>();

  constructor(ports: Ports) {
    super();
    this.ports = ports;
  }

  /**
   * The secret that a caller means by a name, an ARN, or an ARN without its suffix; undefined when there is none in the region.
   * @throws AwsError ValidationException for what no secret can be called.
   */
  lookUp(secretId: string, place: Place): Secret | undefined {
    const [, rest] = ARN.exec(secretId) ?? [];
    checkName(rest ?? secretId);
    if (rest === undefined) return this.list(place).find(({ name }) => name === secretId);
    const found = this.find(secretId) ?? this.list().find(({ arn }) => withoutSuffix(arn) === secretId);
    return found?.region === place.region ? found : undefined;
  }

  /** As `lookUp`. @throws AwsError when there is none, and for one that is marked for deletion unless `evenIfMarked`. */
  require(secretId: string, place: Place, { evenIfMarked = false } = {}): Secret {
    const secret = this.lookUp(secretId, place);
    if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
    if (!secret.deletion || evenIfMarked) return secret;
    throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
  }

  /** ARN of the secret with this name, or of the one that would be made with it: the suffix is the same whenever the same is made. */
  arnOf(name: string, place: Place): string {
    const known = this.list(place).find((secret) => secret.name === name);
    if (known) return known.arn;
    const { accountId, region } = place;
    const start = `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${name}`;
    const times = this.#made.get(start) ?? 0;
    const digest = createHash("sha256").update(`${start} ${times}`).digest("base64");
    return `${start}-${digest.replace(/[^A-Za-z0-9]/g, "").slice(0, SUFFIX_LENGTH - 1)}`;
  }

  /** Makes a secret without a version. @throws AwsError for a name that is taken, or that cannot be one. */
  make(name: string, place: Place, settings: SecretSettings): Secret {
    checkName(name);
    const known = this.lookUp(name, place);
    if (known?.deletion) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (known) {
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    }
    const secret = new Secret(name, this.arnOf(name, place), place, this.ports.clock.now());
    this.change(secret, settings);
    const start = withoutSuffix(secret.arn);
    this.#made.set(start, (this.#made.get(start) ?? 0) + 1);
    this.add(secret);
    return secret;
  }

  /** Changes what the settings have. @throws AwsError for a key that cannot be used. */
  change(secret: Secret, settings: SecretSettings): void {
    refuseOwnAlias(settings.kmsKeyId ?? "", MANAGED_KEY);
    Object.assign(secret, settings, { changedAt: this.ports.clock.now() });
    if (!secret.kmsKeyId || isAwsManagedKey(secret.kmsKeyId)) secret.kmsKeyId = undefined;
  }

  /** A policy as it is kept. @throws AwsError MalformedPolicyDocumentException. */
  readPolicy(text: string): AttachedPolicy {
    const { roles } = this.ports;
    const message = "This resource policy contains an unsupported principal."; // quoted by Terraform's provider
    return attachedPolicy(text, { malformedCode: MALFORMED_POLICY, missingRole: { roles, message } });
  }

  /** @throws AwsError as `readPolicy`, and PublicPolicyException for one that lets everybody in, where that is blocked. */
  setPolicy(secret: Secret, text: string | undefined, isPublicBlocked = false): void {
    const policy = text === undefined ? undefined : this.readPolicy(text);
    if (policy && isPublicBlocked && isPublicPolicy(policy.document)) {
      throw new AwsError("PublicPolicyException", "The resource policy grants broad access to the secret.");
    }
    this.change(secret, { policy });
  }

  /** Removes a secret with its versions. */
  override remove(secret: Secret): void {
    secret.deletion?.timer.cancel();
    secret.rotation?.next?.timer.cancel();
    super.remove(secret);
  }

  /** Removes a secret after so many days of cloud time, unless it is restored before. */
  mark(secret: Secret, days: number): void {
    const { clock } = this.ports;
    const timer = clock.setTimer(days * DAY_MS, TimerKind.Other, () => this.remove(secret));
    secret.deletion = { at: clock.now() + days * DAY_MS, timer };
  }

  /** Takes back `mark`. */
  restore(secret: Secret): void {
    secret.deletion?.timer.cancel();
    secret.deletion = undefined;
  }

  /** What IAM is asked for an action: on the secret that the parameters name, with its policy, and on its own key (`KmsKeyId`: the one from now on). */
  authorize(action: string, params: Addressed, place: Place, use?: KeyUse): readonly AuthorizationRequest[] {
    const { SecretId, Name = SecretId } = params;
    const secret = SecretId === undefined ? undefined : this.lookUp(SecretId, place);
    const named = Name === undefined || ARN.test(Name) ? (Name ?? "*") : this.arnOf(Name, place);
    const resource = secret?.arn ?? named;
    const resourcePolicy = secret?.policy && { resourcePolicy: secret.policy.document };
    // User guide, "Permissions policy examples": the stage that is asked for, also where it is the default.
    const asked = use === "read" && !params.VersionId ? { VersionStage: Label.Current, ...params } : params;
    const question = { action: `secretsmanager:${action}`, resource, context: requestKeys(asked, secret) };
    const versionId = (use === "read" ? secret?.meant(params)?.id : params.ClientRequestToken) ?? "";
    const encryption = { SecretARN: resource, SecretVersionId: versionId };
    const keyContext = serviceKeyContext("secretsmanager", place.region, encryption);
    const ofKey = keyQuestions(use, params.KmsKeyId ?? secret?.kmsKeyId, secret ?? place, keyContext);
    return [{ ...question, ...resourcePolicy }, ...ofKey];
  }
}

function withoutSuffix(arn: string): string {
  return arn.slice(0, -SUFFIX_LENGTH);
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new AwsError(
    "ValidationException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );
}
