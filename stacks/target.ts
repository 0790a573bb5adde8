import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { parseArn } from "../aws/arn.ts";
import type { TargetArgs } from "../components/replicator/args.ts";
import type { ProdSettings } from "../config.ts";

/** The outputs of the POC account's stack that the replicator needs. */
const targetOutputs = z.object({
  writerRoleArn: z.string(),
  tableName: z.string(),
  region: z.string(),
  indexedAttributes: z.array(z.object({ attribute: z.string(), path: z.string() })),
  ttlAttribute: z.string(),
  ttlSeconds: z.number(),
});
type TargetOutputs = z.output<typeof targetOutputs>;

/** A target whose region is known when the program runs. */
export interface ResolvedTarget extends TargetArgs {
  readonly region: string;
}

/**
 * The replicator's target: from explicit configuration, or from the outputs of the POC account's stack.
 *
 * @throws pulumi.RunError if that stack has not been deployed, or is of another account
 */
export async function resolveTarget(settings: ProdSettings): Promise<ResolvedTarget> {
  return settings.targetRoleArn === undefined ? fromStack(settings) : fromSettings(settings);
}

function fromSettings(settings: ProdSettings): ResolvedTarget {
  const { targetTtlAttribute: attribute, targetTtlSeconds: seconds } = settings;
  return {
    roleArn: settings.targetRoleArn ?? "",
    externalId: settings.externalId,
    region: settings.targetRegion ?? "",
    tableName: settings.targetTableName ?? "",
    indexedAttributes: settings.targetIndexedAttributes ?? [],
    ...(attribute === undefined || seconds === undefined ? {} : { ttl: { attribute, seconds } }),
  };
}

async function fromStack(settings: ProdSettings): Promise<ResolvedTarget> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${settings.pocStack}`;
  const outputs = await readOutputs(name, settings);
  const { accountId } = parseArn(outputs.writerRoleArn);
  if (accountId !== settings.pocAccountId)
    throw new pulumi.RunError(
      `The stack "${name}" belongs to account ${accountId}, but tributary:pocAccountId is ${settings.pocAccountId}. ` +
        `Name the right stack (pulumi config set tributary:pocStack …), or the right account: ` +
        `pulumi config set tributary:pocAccountId ${accountId} --stack ${pulumi.getStack()}`,
    );
  return {
    roleArn: outputs.writerRoleArn,
    externalId: settings.externalId,
    region: outputs.region,
    tableName: outputs.tableName,
    indexedAttributes: outputs.indexedAttributes,
    ...(outputs.ttlSeconds > 0 ? { ttl: { attribute: outputs.ttlAttribute, seconds: outputs.ttlSeconds } } : {}),
  };
}

async function readOutputs(stack: string, settings: ProdSettings): Promise<TargetOutputs> {
  const reference = new pulumi.StackReference(`${settings.namePrefix}-poc-stack`, { name: stack });
  const names = Object.keys(targetOutputs.shape);
  const entries = await Promise.all(
    names.map(async (name) => [name, (await reference.getOutputDetails(name)).value] as const),
  );
  const parsed = targetOutputs.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const wrong = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new pulumi.RunError(
    `The stack "${stack}" does not have the outputs that this one needs: ${wrong.join(", ")}. ` +
      `Deploy it first, with this version of the program: pulumi up --stack ${settings.pocStack}\n` +
      "If its state cannot be read from here, " +
      "give tributary:targetRoleArn, tributary:targetTableName and tributary:targetRegion instead.",
  );
}
