import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import { VERSIONS_PER_POLICY } from "./limits.ts";

/** A version of a managed policy. */
export interface PolicyVersion {
  /** `v1`, `v2`, …; numbers are not reused. */
  readonly id: string;
  readonly document: PolicyDocument;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A managed policy: up to five versions, of which the default one is in effect. */
export class ManagedPolicy {
  readonly arn: string;
  /** `ANPA…`; a policy that is deleted and created again gets another one. */
  readonly policyId: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly createdAt: number;
  tags: Tags;
  /** Cloud time of the newest version, or of the last change of the default version. */
  updatedAt: number;
  readonly #versions = new Map<string, PolicyVersion>();
  #defaultId: string;
  #lastNumber: number;

  /** @param versionId of the document; policies of AWS do not begin at v1. */
  constructor(
    policy: Pick<ManagedPolicy, "arn" | "policyId" | "name" | "path" | "description" | "createdAt" | "tags">,
    document: PolicyDocument,
    versionId = "v1",
  ) {
    this.#defaultId = versionId;
    this.#lastNumber = Number(versionId.slice(1)) - 1;
    this.arn = policy.arn;
    this.policyId = policy.policyId;
    this.name = policy.name;
    this.path = policy.path;
    this.description = policy.description;
    this.createdAt = policy.createdAt;
    this.updatedAt = policy.createdAt;
    this.tags = policy.tags;
    this.addVersion(document, policy.createdAt);
  }

  /** Id of its account; `aws` for a policy of AWS. */
  get accountId(): string {
    return this.arn.split(":")[4] ?? "";
  }

  /** The default version. */
  get document(): PolicyDocument {
    return this.version(this.#defaultId).document;
  }

  get defaultVersionId(): string {
    return this.#defaultId;
  }

  /** Oldest first. */
  versions(): readonly PolicyVersion[] {
    return [...this.#versions.values()];
  }

  /** @throws AwsError NoSuchEntity. */
  version(id: string): PolicyVersion {
    const version = this.#versions.get(id);
    if (version) return version;
    throw new AwsError("NoSuchEntity", `Policy ${this.arn} version ${id} does not exist or is not attachable.`, 404);
  }

  /** @throws AwsError LimitExceeded. */
  addVersion(document: PolicyDocument, now: number): PolicyVersion {
    if (this.#versions.size >= VERSIONS_PER_POLICY) {
      throw new AwsError(
        "LimitExceeded",
        `A managed policy can have up to ${VERSIONS_PER_POLICY} versions. Before you create a new version, you must delete an existing version.`,
        409,
      );
    }
    this.#lastNumber += 1;
    const version = { id: `v${this.#lastNumber}`, document, createdAt: now };
    this.#versions.set(version.id, version);
    this.updatedAt = now;
    return version;
  }

  /** Sets the default version. @throws AwsError NoSuchEntity. */
  setDefault(id: string, now: number): void {
    this.#defaultId = this.version(id).id;
    this.updatedAt = now;
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict for the default version. */
  removeVersion(id: string): void {
    if (this.version(id).id === this.#defaultId) {
      throw new AwsError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
    }
    this.#versions.delete(id);
  }
}
