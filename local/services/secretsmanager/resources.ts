import { randomUUID } from "node:crypto";
import { z } from "zod";
import { requiredPolicyText, resourcePolicyText } from "../../accounts/policy-argument.ts";
import { asPolicy, asSet } from "../../resource-types/canonical.ts";
import { conflict, withCrossChecks } from "../../resource-types/cross-checks.ts";
import { define, regionInput, taggedInput } from "../../resource-types/define.ts";
import { definePolicyType } from "../../resource-types/policy-type.ts";
import type { ResourceContext } from "../../resource-types/resource-type.ts";
import { labelsOf } from "./describe.ts";
import { MAX_NAME_CHARACTERS, NAME, RECOVERY_WINDOW_DAYS } from "./limits.ts";
import { givenValue, Label, type Secret, type SecretVersion } from "./secret.ts";
import type { SecretsStore } from "./store.ts";

type Context = ResourceContext<SecretsStore>;

const NO_POLICY = "{}";
const { min, max, usual } = RECOVERY_WINDOW_DAYS;
const unlessEmpty = (value: unknown) => (value === "" ? undefined : asPolicy(value));

/** One that is there and not marked for deletion. */
function find(id: string, context: Context): Secret | undefined {
  const secret = context.store.lookUp(id, context);
  return secret?.deletion ? undefined : secret;
}

const secretInputs = z.strictObject({
  ...taggedInput,
  name: z.string().regex(NAME, "must be 1 to 512 letters, digits and any of /_+=.@!-"),
  description: z.string().max(2048).optional(),
  kmsKeyId: z.string().optional(),
  policy: z.literal(NO_POLICY).or(resourcePolicyText).optional(),
  recoveryWindowInDays: z.literal(0).or(z.number().int().min(min).max(max)).default(usual),
  forceOverwriteReplicaSecret: z.boolean().default(false),
});

/** What the program says nothing of stays as it is: the policy may be that of a SecretPolicy. */
function setSecret(secret: Secret, inputs: z.output<typeof secretInputs>, { store }: Context): string {
  const { description, kmsKeyId, policy, tags } = inputs;
  store.change(secret, { description, tags, ...(kmsKeyId && { kmsKeyId }) });
  if (policy) store.setPolicy(secret, policy === NO_POLICY ? undefined : policy);
  return secret.arn;
}

const secretType = define({
  token: "aws:secretsmanager/secret:Secret",
  inputs: secretInputs,
  autoName: { property: "name", maxLength: MAX_NAME_CHARACTERS },
  replaceOn: ["name"],
  computed: ["arn"],
  optionalComputed: ["policy"],
  canonical: { policy: unlessEmpty },
  unstored: { recoveryWindowInDays: usual, forceOverwriteReplicaSecret: false },
  make: (inputs, context: Context) => setSecret(context.store.make(inputs.name, context, {}), inputs, context),
  find(id, state, context) {
    const secret = find(id, context);
    if (!secret) return undefined;
    const { arn, name, description, kmsKeyId, policy, tags } = secret;
    const none = state["policy"] === NO_POLICY ? NO_POLICY : "";
    return { arn, name, description, kmsKeyId, policy: policy?.text ?? none, tags };
  },
  change: (id, inputs, context) => void setSecret(context.store.require(id, context), inputs, context),
  remove(id, context, { recoveryWindowInDays: days }) {
    const secret = context.store.require(id, context);
    if (days === 0) context.store.remove(secret);
    else context.store.mark(secret, Number(days ?? usual));
  },
});

/** The secret and version of the id `<secret>|<version>`; AWS may remove a version that has no staging label. */
function findVersion(id: string, context: Context) {
  const [secretId = "", versionId = ""] = id.split("|");
  const secret = find(secretId, context);
  const version = secret?.versions.get(versionId);
  return secret && version?.value && version.labels.size > 0 ? { secretId, secret, version } : undefined;
}

/** AWSCURRENT can only be moved: it stays where it is taken away, as with the real provider. */
function setLabels(secret: Secret, version: SecretVersion, labels: readonly string[]): void {
  for (const label of labels) secret.attach(label, version);
  for (const label of version.labels) {
    if (label !== Label.Current && !labels.includes(label)) version.labels.delete(label);
  }
}

const value = z.string().min(1, "must not be empty").optional();

const versionType = define({
  token: "aws:secretsmanager/secretVersion:SecretVersion",
  inputs: withCrossChecks(
    z.strictObject({
      ...regionInput,
      secretId: z.string().min(1, "must be the ARN or the name of a secret"),
      secretString: value,
      secretBinary: value,
      versionStages: z.array(z.string()).optional(),
    }),
    (values) => conflict(values, "secretBinary", "secretString"),
  ),
  replaceOn: ["secretId", "secretString", "secretBinary"],
  computed: ["arn", "hasSecretStringWo", "secretArn", "versionId"],
  optionalComputed: ["versionStages"],
  canonical: { versionStages: asSet },
  secretOutputs: ["secretString", "secretBinary"],
  make({ secretId, secretString, secretBinary, versionStages = [Label.Current] }, context: Context) {
    const secret = context.store.require(secretId, context);
    const value = givenValue({ SecretString: secretString, SecretBinary: secretBinary });
    return `${secretId}|${secret.put(randomUUID(), value, versionStages).id}`;
  },
  find(id, _state, context) {
    const found = findVersion(id, context);
    if (!found) return undefined;
    const { secretId, secret, version } = found;
    const { SecretString: secretString, SecretBinary: secretBinary } = version.value ?? {};
    const outputs = { arn: secret.arn, secretArn: secret.arn, versionId: version.id, hasSecretStringWo: false };
    return { ...outputs, secretId, secretString, secretBinary, versionStages: labelsOf(version) };
  },
  change(id, { versionStages }, context) {
    const found = findVersion(id, context);
    if (found && versionStages) setLabels(found.secret, found.version, versionStages);
  },
  remove(id, context) {
    const found = findVersion(id, context);
    if (found) setLabels(found.secret, found.version, []);
  },
});

const policyType = definePolicyType<Secret, SecretsStore>({
  token: "aws:secretsmanager/secretPolicy:SecretPolicy",
  target: "secretArn",
  policy: requiredPolicyText,
  settings: { blockPublicPolicy: z.boolean().optional() },
  find,
  get: ({ policy }) => policy?.text,
  set: (secret, policy, inputs, { store }) => store.setPolicy(secret, policy, inputs["blockPublicPolicy"] === true),
});

/** The Pulumi resource types of this service. */
export const resourceTypes = [secretType, versionType, policyType];
