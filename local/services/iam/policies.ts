import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import type { Tags } from "../../resource-types/default-tags.ts";

/** How many versions a policy may have at a time. */
export const MAX_VERSIONS = 5;

/** What a policy said, or says now. */
export interface PolicyVersion {
  /** `v1`, `v2`, …; a number is never used again. */
  readonly id: string;
  readonly document: PolicyDocument;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A policy of its own, which roles attach: up to five versions, one of which is in force. */
export class ManagedPolicy {
  readonly arn: string;
  /** `ANPA…`; another one when the policy is made again. */
  readonly policyId: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly createdAt: number;
  tags: Tags;
  /** Cloud time of the last version, or of the last change of which one is in force. */
  updatedAt: number;
  readonly #versions = new Map<string, PolicyVersion>();
  #defaultId: string;
  #lastNumber: number;

  /** @param versionId of the document, its first version here; a policy of AWS has had others before. */
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

  /** The twelve digits of its account; `aws` for a policy of AWS. */
  get accountId(): string {
    return this.arn.split(":")[4] ?? "";
  }

  /** What is in force. */
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
    if (this.#versions.size >= MAX_VERSIONS) {
      throw new AwsError(
        "LimitExceeded",
        `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
        409,
      );
    }
    this.#lastNumber += 1;
    const version = { id: `v${this.#lastNumber}`, document, createdAt: now };
    this.#versions.set(version.id, version);
    this.updatedAt = now;
    return version;
  }

  /** Puts a version in force. @throws AwsError NoSuchEntity. */
  setDefault(id: string, now: number): void {
    this.#defaultId = this.version(id).id;
    this.updatedAt = now;
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict for the one that is in force. */
  deleteVersion(id: string): void {
    if (this.version(id).id === this.#defaultId) {
      throw new AwsError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
    }
    this.#versions.delete(id);
  }
}
