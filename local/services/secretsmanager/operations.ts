import { AwsError } from "../../kernel/errors.ts";
import { type KeyAction, WRITE_ACTIONS } from "../../kernel/kms.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import { operationsOn } from "../../kernel/verbs.ts";
import { tagVerbs } from "../../resource-types/tag-verbs.ts";
import { tagsByKey } from "../../resource-types/tags.ts";
import type { DeleteSecretRequest, Inputs, UpdateSecretVersionStageRequest } from "../../wire/models/secretsmanager.ts";
import { pageOf } from "../../wire/pages.ts";
import { describeSecret, describeVersion, labelsByVersion, labelsOf } from "./describe.ts";
import { invalidParameter, invalidRequest, noToken, notFound, tokenInUse } from "./errors.ts";
import { PAGE_SIZE, RECOVERY_WINDOW_DAYS } from "./limits.ts";
import { invocation, rotate } from "./rotation.ts";
import { givenValue, Label, type Secret, valueIn } from "./secret.ts";
import type { Addressed, SecretsStore } from "./store.ts";

const invalidToken = () => new AwsError("InvalidNextTokenException", "The NextToken value is invalid.");

/** The operations of Secrets Manager. */
export function operations(store: SecretsStore): Readonly<Record<string, Operation>> {
  return { ...onSecrets(store), ...others(store) };
}

/** Operations on one secret: their use of its key, and whether a secret that is marked for deletion will do. */
function onSecrets(store: SecretsStore): Readonly<Record<string, Operation>> {
  const { clock, calls } = store.ports;
  const tags = tagVerbs<Secret>({
    of: (secret) => secret.tags,
    set: (secret, tags) => store.change(secret, { tags }),
    tooMany: () => invalidParameter("A secret can have 50 tags at most."), // in our own words
  });
  return operationsOn<Inputs, Secret, { readonly keyActions?: readonly KeyAction[]; readonly evenIfMarked?: true }>(
    {
      authorize(action, params: Addressed & { RotationLambdaARN?: string }, call, { keyActions }) {
        const asked = store.authorize(action, params, call, keyActions);
        const secret = params.RotationLambdaARN && store.lookUp(params.SecretId ?? "", call);
        if (!params.RotationLambdaARN || !secret) return asked;
        // API reference, RotateSecret: the caller needs lambda:InvokeFunction on the function too.
        const invoke = { ...invocation(secret, params.RotationLambdaARN), principal: call.principal };
        return [...asked, ...calls.mayCall(invoke).asked];
      },
      noteAs: "secret",
      require: ({ SecretId }: { SecretId: string }, call, verb) => store.require(SecretId, call, verb),
      answer: ({ arn, name }, result) => ({ ARN: arn, Name: name, ...(result as object) }),
    },
    {
      GetSecretValue: {
        keyActions: ["kms:Decrypt"],
        run(secret, params, call) {
          refuseStranger(secret, call);
          const { VersionId, VersionStage } = params;
          const version = secret.meant(params);
          if (VersionId && VersionStage && version && !version.labels.has(VersionStage)) {
            throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
          }
          if (!version?.value) {
            const which = VersionId ? `VersionId: ${VersionId}` : `staging label: ${VersionStage ?? Label.Current}`;
            throw notFound(`secret value for ${which}`);
          }
          version.accessedAt = clock.now();
          secret.accessedAt = clock.now();
          const CreatedDate = version.createdAt / 1000;
          return { VersionId: version.id, ...version.value, VersionStages: labelsOf(version), CreatedDate };
        },
      },
      PutSecretValue: {
        keyActions: WRITE_ACTIONS,
        run(secret, params, call) {
          refuseStranger(secret, call);
          const value = givenValue(params);
          const version = secret.put(tokenOf(params), value, params.VersionStages ?? [Label.Current]);
          return { VersionId: version.id, VersionStages: labelsOf(version) };
        },
      },
      UpdateSecret: {
        keyActions: WRITE_ACTIONS,
        run(secret, params, call) {
          const { Description: description = secret.description, KmsKeyId: kmsKeyId = secret.kmsKeyId } = params;
          const token = tokenOf(params);
          const value = valueIn(params);
          if (value) refuseStranger(secret, call);
          if (value && secret.versions.has(token)) throw tokenInUse(token, secret.arn);
          store.change(secret, { description, kmsKeyId });
          return { VersionId: value && secret.put(token, value, [Label.Current]).id };
        },
      },
      UpdateSecretVersionStage: { run: moveLabel },
      DescribeSecret: {
        evenIfMarked: true,
        run: (secret) => ({ ...describeSecret(secret), VersionIdsToStages: labelsByVersion(secret) }),
      },
      ListSecretVersionIds: {
        evenIfMarked: true,
        run(secret, { MaxResults: limit = PAGE_SIZE, NextToken: token, IncludeDeprecated = false }) {
          const all = [...secret.versions.values()].filter(({ labels }) => IncludeDeprecated || labels.size > 0);
          const { page, next } = pageOf(all, { limit, token }, ({ id }) => id, invalidToken);
          return { Versions: page.map((version) => describeVersion(version, secret)), NextToken: next };
        },
      },
      RestoreSecret: { evenIfMarked: true, run: (secret) => store.restore(secret) },
      RotateSecret: { run: (secret, params) => ({ VersionId: rotate(store, secret, params).id }) },
      PutResourcePolicy: {
        run: (secret, { ResourcePolicy, BlockPublicPolicy }) =>
          store.setPolicy(secret, ResourcePolicy, BlockPublicPolicy),
      },
      GetResourcePolicy: { run: ({ policy }) => ({ ResourcePolicy: policy?.text }) },
      DeleteResourcePolicy: { run: (secret) => store.setPolicy(secret, undefined) },
      TagResource: tags.add,
      UntagResource: tags.remove,
    },
  );
}

function others(store: SecretsStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    CreateSecret: {
      authorize: (params, call) => store.authorize("CreateSecret", params, call, valueIn(params) && WRITE_ACTIONS),
      run(params, call) {
        const { Name, Description: description, KmsKeyId: kmsKeyId, Tags } = params;
        const known = store.lookUp(Name, call);
        const token = tokenOf(params);
        const value = valueIn(params);
        call.note({ secret: Name });
        const settings = { description, kmsKeyId, tags: Tags && tagsByKey(Tags) };
        // The same call again makes nothing.
        const secret = known?.versions.has(token) && !known.deletion ? known : store.make(Name, call, settings);
        return { ARN: secret.arn, Name, VersionId: value && secret.put(token, value, [Label.Current]).id };
      },
    },
    DeleteSecret: {
      authorize: (params, call) => store.authorize("DeleteSecret", params, call),
      run: (params, call) => deleteSecret(store, params, call),
    },
    ListSecrets: {
      authorize: (_params, call) => store.authorize("ListSecrets", {}, call),
      run(params, call) {
        const { MaxResults: limit = PAGE_SIZE, NextToken: token, IncludePlannedDeletion = false } = params;
        const all = store.list(call).filter(({ deletion }) => IncludePlannedDeletion || !deletion);
        const { page, next } = pageOf(all, { limit, token }, ({ arn }) => arn, invalidToken);
        const list = page.map((one) => ({ ...describeSecret(one), SecretVersionsToStages: labelsByVersion(one) }));
        return { SecretList: list, NextToken: next };
      },
    },
  });
}

/** Deletes at once, or after the recovery window; at once also what does not exist (recorded on AWS by localstack). */
function deleteSecret(store: SecretsStore, params: DeleteSecretRequest, call: Call) {
  const { SecretId, ForceDeleteWithoutRecovery: isForced = false, RecoveryWindowInDays } = params;
  const { min, max, usual } = RECOVERY_WINDOW_DAYS;
  const days = RecoveryWindowInDays ?? usual;
  // Both in moto's words.
  if (isForced && RecoveryWindowInDays !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days < min || days > max) {
    throw invalidParameter(`The RecoveryWindowInDays value must be between ${min} and ${max} days (inclusive).`);
  }
  call.note({ secret: SecretId });
  const secret = isForced ? store.lookUp(SecretId, call) : store.require(SecretId, call);
  if (!isForced && secret) store.mark(secret, days);
  else if (secret) store.remove(secret);
  const { arn = store.arnOf(SecretId, call), name = SecretId, deletion } = secret ?? {};
  return { ARN: arn, Name: name, DeletionDate: (deletion?.at ?? call.clock.now()) / 1000 };
}

/** Moves or removes a staging label. The first two refusals are AWS's, as Terraform's provider and moto quote them. */
function moveLabel(secret: Secret, params: UpdateSecretVersionStageRequest, call: Call): void {
  const { VersionStage: label, MoveToVersionId: toId, RemoveFromVersionId: fromId } = params;
  const from = secret.labelled(label);
  const to = toId === undefined ? undefined : secret.versions.get(toId);
  if (!toId && label === Label.Current) {
    throw invalidParameter(
      `You can only move staging label ${label} to a different secret version. It can’t be completely removed.`,
    );
  }
  if (toId && from && from !== to && !fromId) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${label} is currently attached to version ` +
        `${from.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (toId && !to) throw notFound(`secret value for VersionId: ${toId}`);
  // These two in our own words.
  if (!toId && !fromId) throw invalidParameter("You must provide either MoveToVersionId or RemoveFromVersionId.");
  if (fromId && fromId !== from?.id) {
    throw invalidParameter(`The staging label ${label} is not attached to the version ${fromId}.`);
  }
  if (to) secret.attach(label, to);
  else from?.labels.delete(label);
  secret.changedAt = call.clock.now();
}

function tokenOf({ ClientRequestToken: token }: { readonly ClientRequestToken?: string }): string {
  if (token) return token;
  throw noToken();
}

/** Recorded on AWS (localstack, 2024): a value under AWS's own key stays in its account. */
function refuseStranger({ kmsKeyId, accountId }: Secret, { principal }: Call): void {
  if (kmsKeyId !== undefined || principal.accountId === accountId) return;
  throw invalidRequest(
    "You can't access a secret from a different AWS account " +
      "if you encrypt the secret with the default KMS service key.",
  );
}
