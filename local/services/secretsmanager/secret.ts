import { isDeepStrictEqual } from "node:util";
import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import { type Identity, Resource } from "../../kernel/resource.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import type { GetSecretValueRequest, PutSecretValueRequest } from "../../wire/models/secretsmanager.ts";
import { invalidParameter, invalidRequest, tokenInUse } from "./errors.ts";

/** Staging labels that Secrets Manager moves by itself. */
export const Label = { Current: "AWSCURRENT", Pending: "AWSPENDING", Previous: "AWSPREVIOUS" } as const;

/** What a version keeps; `SecretBinary` is base64. */
export type SecretValue = Pick<PutSecretValueRequest, "SecretString" | "SecretBinary">;

/** The value in a request, or undefined. @throws AwsError InvalidParameterException for two. */
export function valueIn({ SecretString, SecretBinary }: SecretValue): SecretValue | undefined {
  if (SecretString === undefined) return SecretBinary === undefined ? undefined : { SecretBinary };
  if (SecretBinary === undefined) return { SecretString };
  throw invalidParameter("You can't specify both SecretString and SecretBinary.");
}

/** As `valueIn`. @throws AwsError InvalidRequestException without a value, in moto's words. */
export function givenValue(params: SecretValue): SecretValue {
  const value = valueIn(params);
  if (value) return value;
  throw invalidRequest("You must provide either SecretString or SecretBinary.");
}

/** Times are cloud time, milliseconds since the epoch. */
export interface SecretVersion {
  readonly id: string;
  readonly createdAt: number;
  readonly labels: Set<string>;
  /** Undefined while a rotation has yet to put one. */
  value: SecretValue | undefined;
  accessedAt?: number;
}

/** What can be said of a secret when it is made. */
export type SecretSettings = Partial<Pick<Secret, "description" | "kmsKeyId" | "tags" | "policy">>;

/** A secret with its versions. */
export class Secret extends Resource {
  readonly createdAt: number;
  readonly versions = new Map<string, SecretVersion>();
  description: string | undefined;
  /** Undefined: the key that AWS manages. */
  kmsKeyId: string | undefined;
  /** Undefined until the first tag. */
  tags: Tags | undefined;
  policy: AttachedPolicy | undefined;
  rotation: { readonly functionArn: string } | undefined;
  deletion: { readonly at: number; readonly timer: Timer } | undefined;
  changedAt: number;
  accessedAt: number | undefined;
  rotatedAt: number | undefined;
  readonly #clock: Clock;

  constructor(identity: Identity, clock: Clock) {
    super(identity);
    this.#clock = clock;
    this.createdAt = clock.now();
    this.changedAt = this.createdAt;
  }

  /** The version with this staging label. */
  labelled(label: string): SecretVersion | undefined {
    return [...this.versions.values()].find(({ labels }) => labels.has(label));
  }

  /** The version that a caller means; default: the current one. */
  meant({ VersionId, VersionStage = Label.Current }: Partial<GetSecretValueRequest>): SecretVersion | undefined {
    return VersionId === undefined ? this.labelled(VersionStage) : this.versions.get(VersionId);
  }

  /**
   * Adds a version, or gives a value to the one that a rotation began. The same value again changes nothing.
   * @throws AwsError ResourceExistsException for another value of a version that has one.
   */
  put(id: string, value: SecretValue | undefined, labels: readonly string[]): SecretVersion {
    const known = this.versions.get(id);
    if (known?.value && isDeepStrictEqual(known.value, value)) return known;
    if (known?.value) throw tokenInUse(id, this.arn);
    const version = known ?? { id, createdAt: this.#clock.now(), labels: new Set<string>(), value };
    version.value = value;
    this.versions.set(id, version);
    // API reference, PutSecretValue: the first version is the current one whatever its labels are.
    const isFirst = value !== undefined && !this.labelled(Label.Current);
    for (const label of isFirst ? [...labels, Label.Current] : labels) this.attach(label, version);
    this.changedAt = this.#clock.now();
    return version;
  }

  /** Moves a staging label to a version. AWSPREVIOUS follows AWSCURRENT; the former current version is not pending. */
  attach(label: string, to: SecretVersion): void {
    const from = this.labelled(label);
    if (from === to) return;
    from?.labels.delete(label);
    to.labels.add(label);
    if (label !== Label.Current || !from) return;
    this.labelled(Label.Previous)?.labels.delete(Label.Previous);
    from.labels.add(Label.Previous);
    from.labels.delete(Label.Pending);
  }
}
