import { createHash } from "node:crypto";
import { attachedPolicy } from "../../accounts/resource-policy.ts";
import { resourceRequest } from "../../kernel/authorization.ts";
import { DAY_MS, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import { customerKey, type KeyAction, keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Store } from "../../kernel/store.ts";
import type { CreateSecretRequest, GetSecretValueRequest } from "../../wire/models/secretsmanager.ts";
import { requestKeys } from "./conditions.ts";
import { alreadyExists, invalidRequest, notFound } from "./errors.ts";
import { NAME } from "./limits.ts";
import { Label, Secret, type SecretSettings } from "./secret.ts";

const MANAGED_KEY = "alias/aws/secretsmanager";
const ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:(.+)$/;
/** A hyphen and the six characters that AWS adds to the name. */
const SUFFIX_LENGTH = 7;

/** The parameters that name a secret, its version or its key. */
export type Addressed = Partial<CreateSecretRequest & GetSecretValueRequest>;

/** The secrets of all accounts. */
export class SecretsStore extends Store<Secret> {
  /** How often a secret of this ARN without suffix was removed: one that is made again gets another suffix. */
  readonly #removed = new Map<string, number>();

  /**
   * The secret with this name, ARN, or ARN without its suffix; undefined when the region has none.
   * @throws AwsError ValidationException for what no secret can be called.
   */
  lookUp(secretId: string, place: Place): Secret | undefined {
    const [, rest] = ARN.exec(secretId) ?? [];
    checkName(rest ?? secretId);
    if (rest === undefined) return this.named(secretId, place);
    const found = this.find(secretId) ?? this.list().find(({ arn }) => withoutSuffix(arn) === secretId);
    return found?.region === place.region ? found : undefined;
  }

  /** As `lookUp`. @throws AwsError when there is none, or one that is marked for deletion unless `evenIfMarked`. */
  require(secretId: string, place: Place, { evenIfMarked = false } = {}): Secret {
    const secret = this.lookUp(secretId, place);
    if (!secret) throw notFound("secret.");
    if (!secret.deletion || evenIfMarked) return secret;
    throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
  }

  /** ARN of the secret with this name, or of the one that would be made with it: the suffix is no random one. */
  arnOf(name: string, place: Place): string {
    const start = arnIn(place, "secretsmanager", `secret:${name}`);
    const digest = createHash("sha256")
      .update(`${start} ${this.#removed.get(start) ?? 0}`)
      .digest("base64");
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
    if (known) throw alreadyExists(`The operation failed because the secret ${name} already exists.`);
    const { accountId, region } = place;
    const secret = new Secret({ accountId, region, name, arn: this.arnOf(name, place) }, this.ports.clock);
    this.change(secret, settings);
    this.add(secret);
    return secret;
  }

  /** Changes what the settings have. @throws AwsError for a key that cannot be used. */
  change(secret: Secret, settings: SecretSettings): void {
    const { kmsKeyId = secret.kmsKeyId } = settings;
    const changedAt = this.ports.clock.now();
    Object.assign(secret, settings, { kmsKeyId: customerKey(kmsKeyId, MANAGED_KEY), changedAt });
  }

  /** @throws AwsError MalformedPolicyDocumentException, or PublicPolicyException for a blocked public policy. */
  setPolicy(secret: Secret, text: string | undefined, isPublicBlocked = false): void {
    const { roles } = this.ports;
    const message = "This resource policy contains an unsupported principal."; // quoted by Terraform's provider
    const tooOpen = new AwsError("PublicPolicyException", "The resource policy grants broad access to the secret.");
    const refusals = { missingRole: { roles, message }, blocked: isPublicBlocked && tooOpen };
    const malformedCode = "MalformedPolicyDocumentException";
    const policy = text === undefined ? undefined : attachedPolicy(text, { malformedCode, ...refusals });
    this.change(secret, { policy });
  }

  /** Removes a secret with its versions. */
  override remove(secret: Secret): void {
    this.restore(secret);
    const start = withoutSuffix(secret.arn);
    this.#removed.set(start, (this.#removed.get(start) ?? 0) + 1);
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

  /**
   * What IAM is asked for an action on the secret that the parameters name, and on its customer managed key.
   * @param keyActions the action's use of the key: `KmsKeyId`, or else the secret's present one.
   */
  authorize(
    action: string,
    params: Addressed,
    place: Place,
    keyActions: readonly KeyAction[] = [],
  ): readonly AuthorizationRequest[] {
    const { SecretId, Name = SecretId } = params;
    const secret = SecretId === undefined ? undefined : this.lookUp(SecretId, place);
    const named = Name === undefined || ARN.test(Name) ? (Name ?? "*") : this.arnOf(Name, place);
    const resource = secret?.arn ?? named;
    const isRead = keyActions.length === 1;
    // User guide, "Permissions policy examples": the default stage is a condition key's value too.
    const asked = isRead && !params.VersionId ? { VersionStage: Label.Current, ...params } : params;
    const request = resourceRequest(`secretsmanager:${action}`, resource, secret?.policy);
    const SecretVersionId = (isRead ? secret?.meant(params)?.id : params.ClientRequestToken) ?? "";
    const keyContext = serviceKeyContext("secretsmanager", place.region, { SecretARN: resource, SecretVersionId });
    const ofKey = keyAuthorization(keyActions, params.KmsKeyId ?? secret?.kmsKeyId, secret ?? place, keyContext);
    return [{ ...request, context: requestKeys(asked, secret) }, ...ofKey];
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
