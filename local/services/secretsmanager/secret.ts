import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import type { Timer } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { Tags } from "../../resource-types/default-tags.ts";

/** Staging labels that Secrets Manager moves by itself. */
export const Label = { Current: "AWSCURRENT", Pending: "AWSPENDING", Previous: "AWSPREVIOUS" } as const;

/** What a version keeps; `SecretBinary` is base64. */
export interface SecretValue {
  readonly SecretString?: string;
  readonly SecretBinary?: string;
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

/** Which version a caller means; default: the current one. */
export interface VersionRequest {
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

/** How a secret is rotated, and when next. */
export interface Rotation {
  readonly functionArn: string;
  readonly rules: { readonly AutomaticallyAfterDays?: number };
  isEnabled: boolean;
  next?: { readonly at: number; readonly timer: Timer };
}

/** What can be said of a secret when it is made. */
export type SecretSettings = Partial<Pick<Secret, "description" | "kmsKeyId" | "tags" | "policy">>;

/** A secret with its versions. */
export class Secret implements Place {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: number;
  readonly versions = new Map<string, SecretVersion>();
  description: string | undefined;
  /** Undefined: the key that AWS manages. */
  kmsKeyId: string | undefined;
  /** Undefined until the first tag. */
  tags: Tags | undefined;
  policy: AttachedPolicy | undefined;
  rotation: Rotation | undefined;
  deletion: { readonly at: number; readonly timer: Timer } | undefined;
  changedAt: number;
  accessedAt: number | undefined;
  rotatedAt: number | undefined;

  constructor(name: string, arn: string, { accountId, region }: Place, now: number) {
    this.name = name;
    this.arn = arn;
    this.accountId = accountId;
    this.region = region;
    this.createdAt = now;
    this.changedAt = now;
  }

  /** The version with this staging label. */
  labelled(label: string): SecretVersion | undefined {
    return [...this.versions.values()].find(({ labels }) => labels.has(label));
  }

  /** The version that a caller means. */
  meant({ VersionId, VersionStage = Label.Current }: VersionRequest): SecretVersion | undefined {
    return VersionId === undefined ? this.labelled(VersionStage) : this.versions.get(VersionId);
  }

  /** The version of a rotation that has not come to its end: it is pending, and not current. */
  get unfinished(): SecretVersion | undefined {
    const pending = this.labelled(Label.Pending);
    return pending?.labels.has(Label.Current) ? undefined : pending;
  }

  /** In moto's words. */
  tokenInUse(token: string): AwsError {
    return new AwsError(
      "ResourceExistsException",
      `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${this.arn}.`,
    );
  }

  /**
   * Adds a version, or gives a value to the one that a rotation began. The same value under the same id again changes nothing.
   * @throws AwsError ResourceExistsException for another value of a version that has one.
   */
  put(id: string, value: SecretValue | undefined, labels: readonly string[], now: number): SecretVersion {
    const known = this.versions.get(id);
    if (known?.value) {
      const { SecretString, SecretBinary } = known.value;
      if (SecretString === value?.SecretString && SecretBinary === value?.SecretBinary) return known;
      throw this.tokenInUse(id);
    }
    const version = known ?? { id, createdAt: now, labels: new Set<string>(), value };
    version.value = value;
    this.versions.set(id, version);
    // API reference, PutSecretValue: the first version is the current one whatever its labels are.
    const isFirst = value !== undefined && !this.labelled(Label.Current);
    for (const label of isFirst ? [...labels, Label.Current] : labels) this.attach(label, version);
    this.changedAt = now;
    return version;
  }

  /** Moves a staging label to a version. AWSPREVIOUS follows AWSCURRENT, to the version that was current; that one is not pending any more. */
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
