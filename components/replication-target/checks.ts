import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import {
  BillingMode,
  KeyType,
  Projection,
  reservedAttributes,
  tableDefaults,
  tableLimits,
} from "../defaults/dynamodb.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { iamRules, tableRules } from "../defaults/text-rules.ts";
import { hasWildcard } from "../iam/arn.ts";
import type { IndexKeyArgs, ReplicationTargetArgs, TableIndexArgs } from "./args.ts";

/** Everything that is wrong with the args of a `ReplicationTarget`. */
export function problems(args: ReplicationTargetArgs): Problem[] {
  return [
    ...trustProblems(args),
    oneOf("billingMode", args.billingMode, BillingMode),
    ...capacityProblems(args),
    ...indexProblems(args.indexes ?? []),
    wholeNumber("ttlSeconds", args.ttlSeconds, 0, tableLimits.ttlSeconds),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
    matches("kmsKeyArn", args.kmsKeyArn, arnRules.kmsKey),
    matches("permissionsBoundaryArn", args.permissionsBoundaryArn, arnRules.policy),
  ];
}

function trustProblems({ trustedRole, externalId }: ReplicationTargetArgs): Problem[] {
  const wildcard = (["name", "path"] as const).flatMap((part) => {
    const value = trustedRole[part];
    return value !== undefined && hasWildcard(value)
      ? [
          `trustedRole.${part} is ${JSON.stringify(value)}; ` +
            `a wildcard would trust other roles too: write the exact ${part}`,
        ]
      : [];
  });
  if (wildcard.length > 0) return wildcard;
  return [
    matches("trustedRole.accountId", trustedRole.accountId, iamRules.accountId),
    matches("trustedRole.name", trustedRole.name, iamRules.roleName),
    matches("trustedRole.path", trustedRole.path, iamRules.rolePath),
    matches("externalId", externalId, iamRules.externalId),
  ];
}

function capacityProblems(args: ReplicationTargetArgs): Problem[] {
  const isProvisioned = args.billingMode === BillingMode.Provisioned;
  return (["readCapacity", "writeCapacity"] as const).map((arg) => {
    const value = args[arg];
    if (isProvisioned && value === undefined)
      return `${arg} is missing; a provisioned table needs it: write ${arg}: 20`;
    if (!isProvisioned && value !== undefined)
      return (
        `${arg} is ${value}; a table that is paid by request has none: ` +
        `leave it out, or write billingMode: "${BillingMode.Provisioned}"`
      );
    return wholeNumber(arg, value, 1, tableLimits.capacityUnits);
  });
}

/** Everything that is wrong with the indexes of a table, each one in itself and all together. */
export function indexProblems(indexes: readonly TableIndexArgs[]): Problem[] {
  const names = indexes.map((index) => index.name);
  const keys = indexes.flatMap((index) => [index.hashKey, ...(index.rangeKey === undefined ? [] : [index.rangeKey])]);
  return [
    ...names
      .filter((name, position) => names.indexOf(name) !== position)
      .map((name) => `indexes has "${name}" twice; each index needs a name of its own`),
    ...indexes.flatMap((index) => [
      matches("indexes: name", index.name, tableRules.indexName),
      oneOf(`indexes: projection of "${index.name}"`, index.projection, Projection),
      (index.projection === Projection.Include) === (index.nonKeyAttributes === undefined)
        ? `indexes: nonKeyAttributes of "${index.name}" ` +
          `belong to the projection "${Projection.Include}", and only to it`
        : undefined,
    ]),
    ...keys.flatMap((key) => keyProblems(key, keys)),
  ];
}

function keyProblems(key: IndexKeyArgs, all: readonly IndexKeyArgs[]): Problem[] {
  const taken: readonly string[] = [...reservedAttributes, tableDefaults.ttlAttribute];
  const other = all.find((each) => each.attribute === key.attribute);
  return [
    taken.includes(key.attribute)
      ? `indexes: the attribute "${key.attribute}" is the replicator's own; ` +
        `choose another name, such as "${key.attribute}Of"`
      : undefined,
    matches("indexes: attribute", key.attribute, tableRules.attributeName),
    matches("indexes: path", key.path, tableRules.eventPath),
    oneOf(`indexes: type of "${key.attribute}"`, key.type, KeyType),
    other !== undefined && other !== key && (other.path !== key.path || other.type !== key.type)
      ? `indexes: the attribute "${key.attribute}" has two paths or types; it needs one`
      : undefined,
  ];
}
