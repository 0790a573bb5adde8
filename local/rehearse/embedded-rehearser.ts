import type { Cloud } from "../cloud.ts";
import { Engine, type EngineOptions } from "../engine/engine.ts";
import type { ResourceChange } from "../engine/journal.ts";
import { localProviders } from "../provider/local-provider.ts";
import type { Registry } from "../resource-types/registry.ts";
import type { Rehearser, RehearserOptions } from "./rehearser.ts";
import { shownValues } from "./shown-values.ts";
import { ChangeKind, type PreviewedChange, valueChanges } from "./stack-preview.ts";

const kinds = {
  created: ChangeKind.Create,
  updated: ChangeKind.Update,
  replaced: ChangeKind.Replace,
  deleted: ChangeKind.Delete,
} as const;

/** Options for the embedded engine. */
export type EmbeddedEngineOptions = Pick<EngineOptions, "start"> & {
  /** Default: the cloud's registry. */
  readonly registry?: Registry;
};

/** Rehearses with the embedded engine, without a CLI. */
export function embeddedRehearser(
  cloud: Cloud,
  { baseDir, headDir, signal }: RehearserOptions,
  { registry, ...options }: EmbeddedEngineOptions = {},
): Rehearser {
  let onProgress: (text: string) => void = () => {};
  const engine = new Engine({
    newProvider: localProviders(cloud, registry),
    projectDir: baseDir,
    ...options,
    onEvent: ({ action, type, name }) => onProgress(`${action} ${type} ${name}`),
  });
  const stop = () => void engine.close();
  signal.addEventListener("abort", stop);
  return {
    label: "the embedded engine",
    accessLines: [],
    async up(stack, progress) {
      onProgress = progress;
      const { resources } = await engine.up(stack);
      onProgress = () => {};
      return resources.length;
    },
    async preview(stack) {
      const { summary, changes } = await engine.preview(stack, { projectDir: headDir });
      const { created, updated, replaced, deleted, same } = summary;
      const counts = { create: created, update: updated, replace: replaced, delete: deleted, same };
      return { counts, changes: changes.map(toChange) };
    },
    async close() {
      signal.removeEventListener("abort", stop);
      await engine.close();
    },
  };
}

function toChange({ urn, type, name, outcome, properties, replaces, before, after }: ResourceChange): PreviewedChange {
  const values = valueChanges(properties, shownValues(before), shownValues(after));
  return { urn, type, name, kind: kinds[outcome], properties, replaces, values };
}
