import type { Cloud } from "../cloud.ts";
import { UserError } from "../kernel/errors.ts";
import type { Output } from "../run/output.ts";
import { Checkouts, type CheckoutsOptions } from "./checkouts.ts";
import { type EmbeddedEngineOptions, embeddedRehearser } from "./embedded-rehearser.ts";
import { RehearsalEngine } from "./options.ts";
import { CLI_INSTALLATION, findPulumiCli } from "./pulumi-cli.ts";
import { pulumiRehearser } from "./pulumi-rehearser.ts";
import type { Rehearser, RehearserOptions } from "./rehearser.ts";
import { type Commit, Repository } from "./repository.ts";
import type { StackPreview } from "./stack-preview.ts";

export interface RehearsalRequest {
  /** Its front door must listen. */
  readonly cloud: Cloud;
  readonly projectDir: string;
  /** In the order of deployment and preview. */
  readonly stacks: readonly string[];
  readonly base: string;
  /** Default: the working tree. */
  readonly head?: string;
  /** Default: the CLI if it is installed. */
  readonly engine?: RehearsalEngine;
  readonly output: Output;
  /** Aborted by Ctrl-C: cleans up and throws the reason. */
  readonly stop: AbortSignal;
  /** Runs before the temporary files are removed. */
  readonly beforeRemoval?: (rehearsal: Rehearsal, place: RehearsalPlace) => Promise<void>;
  /**
   * Registry of the embedded engine, and how it starts programs; default: the cloud's registry, each program in its
   * own process.
   */
  readonly embedded?: EmbeddedEngineOptions;
  /** Default: npm ci. */
  readonly install?: CheckoutsOptions["install"];
}

/** The folders of a running rehearsal. */
export interface RehearsalPlace {
  readonly baseDir: string;
  readonly headDir: string;
  /** Lines for another shell. */
  readonly accessLines: readonly string[];
}

/** The rehearsal of one stack. */
export interface StackRehearsal {
  readonly stack: string;
  readonly preview?: StackPreview;
  /** Why the preview is missing. */
  readonly failure?: { readonly step: "up" | "preview" | "not tried"; readonly message: string };
}

/** The result of a rehearsal. */
export interface Rehearsal {
  /** Description of the commit. */
  readonly base: string;
  readonly head: string;
  /** Caveats about the comparison; normally empty. */
  readonly notes: readonly string[];
  /** Description of the engine. */
  readonly engine: string;
  readonly stacks: readonly StackRehearsal[];
  /** Whether every stack was previewed. */
  readonly isComplete: boolean;
}

/**
 * Deploys the stacks from the base into the cloud, and previews them from the head. Failures of a stack's program or
 * configuration are part of the result. Throws UserError for a base or head that cannot be checked out.
 */
export async function rehearse(request: RehearsalRequest): Promise<Rehearsal> {
  const { projectDir, output, stop, install } = request;
  const repository = await Repository.of(projectDir);
  const base = await repository.commit(request.base, "--base");
  const head = request.head === undefined ? undefined : await repository.commit(request.head, "--head");
  const notes: string[] = [];
  const onStep = (text: string) => output.line(text);
  const checkouts = new Checkouts({ repository, projectDir, signal: stop, onStep, install });
  let rehearser: Rehearser | undefined;
  try {
    const baseDir = await checkouts.add("base", base);
    const headDir = head ? await checkouts.add("head", head) : projectDir;
    notes.push(...(await comparisonNotes(repository, base, head)));
    rehearser = await chooseRehearser(request, { baseDir, headDir, signal: stop }, checkouts.folder, notes);
    output.line(`With ${rehearser.label}.`);
    const stacks = await rehearseStacks(request, rehearser);
    const rehearsal: Rehearsal = {
      base: described(base),
      head: await describedHead(repository, head),
      notes,
      engine: rehearser.label,
      stacks,
      isComplete: stacks.every(({ preview }) => preview),
    };
    await request.beforeRemoval?.(rehearsal, { baseDir, headDir, accessLines: rehearser.accessLines });
    return rehearsal;
  } finally {
    await rehearser?.close();
    await checkouts.remove();
  }
}

async function rehearseStacks(request: RehearsalRequest, rehearser: Rehearser): Promise<StackRehearsal[]> {
  const { stacks, output, stop } = request;
  const failed = await bringUp(request, rehearser);
  const rehearsals: StackRehearsal[] = [];
  for (const stack of stacks) {
    if (failed) {
      const message = `${failed.stack} was not brought up`;
      rehearsals.push(failed.stack === stack ? failed : { stack, failure: { step: "not tried", message } });
      continue;
    }
    stop.throwIfAborted();
    const startedAt = Date.now();
    output.progress(`previewing ${stack}`);
    try {
      rehearsals.push({ stack, preview: await rehearser.preview(stack) });
      output.line(`previewed ${stack} from the head in ${seconds(startedAt)}`);
    } catch (error) {
      rehearsals.push({ stack, failure: { step: "preview", message: messageOf(error, stop) } });
    }
  }
  return rehearsals;
}

/** Deploys all stacks. @returns the first that failed. */
async function bringUp({ stacks, output, stop }: RehearsalRequest, rehearser: Rehearser) {
  for (const stack of stacks) {
    stop.throwIfAborted();
    const startedAt = Date.now();
    try {
      output.progress(`deploying ${stack}`);
      const resources = await rehearser.up(stack, (text) => output.progress(`deploying ${stack}: ${text}`));
      output.line(`deployed ${stack} from the base: ${resources} resources in ${seconds(startedAt)}`);
    } catch (error) {
      return { stack, failure: { step: "up", message: messageOf(error, stop) } } satisfies StackRehearsal;
    }
  }
  return undefined;
}

/** Message of a user's mistake. Rethrows any other error, and the reason of an abort. */
function messageOf(error: unknown, stop: AbortSignal): string {
  stop.throwIfAborted();
  if (error instanceof UserError) return error.message;
  throw error;
}

async function chooseRehearser(
  { cloud, engine, embedded }: RehearsalRequest,
  options: RehearserOptions,
  folder: string,
  notes: string[],
): Promise<Rehearser> {
  const cli = engine === RehearsalEngine.Embedded ? undefined : await findPulumiCli(options.baseDir);
  if (typeof cli === "object") return pulumiRehearser(cloud, { ...options, folder, version: cli.version });
  if (engine === RehearsalEngine.Pulumi) {
    throw new UserError(`--engine pulumi: ${cli}. Or leave the option out, for the embedded engine`);
  }
  if (cli !== undefined) {
    notes.push(
      `With the embedded engine, because ${cli}. The CLI's own diff is not part of this: install it from ${CLI_INSTALLATION} and run this again.`,
    );
  }
  return embeddedRehearser(cloud, options, embedded);
}

async function comparisonNotes(repository: Repository, base: Commit, head: Commit | undefined): Promise<string[]> {
  const own = head ?? (await repository.commit("HEAD", "--head"));
  const missing = await repository.commitsMissing(base, own);
  if (missing === 0) return [];
  const commits = missing === 1 ? "one commit" : `${missing} commits`;
  return [
    `The head lacks ${commits} of ${base.ref}: their changes show up as reverted. To exclude them, merge ${base.ref}, or compare with git merge-base.`,
  ];
}

function described({ ref, id }: Commit): string {
  const short = id.slice(0, 10);
  return id.startsWith(ref) ? short : `${ref} (${short})`;
}

async function describedHead(repository: Repository, head: Commit | undefined): Promise<string> {
  if (head) return described(head);
  const { id } = await repository.commit("HEAD", "--head");
  const isChanged = await repository.isChanged();
  return `the working tree at ${id.slice(0, 10)}${isChanged ? ", with changes that are not committed" : ""}`;
}

function seconds(startedAt: number): string {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}
