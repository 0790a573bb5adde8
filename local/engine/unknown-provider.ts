import { changedProperties } from "../resource-types/diff.ts";
import { type Provider, providerAbilities } from "../resource-types/provider.ts";

/**
 * Replaces a provider whose configuration is unknown in a preview, such as a role that is not created yet. As with the
 * CLI, inputs are accepted unchecked and outputs are unknown.
 */
export function unknownProvider(): Provider {
  return {
    checkConfig: async ({ news }) => ({ inputs: news, failures: [] }),
    diffConfig: async () => ({
      changes: "none",
      diffs: [],
      replaces: [],
      deleteBeforeReplace: false,
      detailedDiff: [],
    }),
    configure: async () => providerAbilities,
    check: async ({ news }) => ({ inputs: news, failures: [] }),
    async diff({ oldInputs, news }) {
      const diffs = changedProperties(oldInputs, news);
      return {
        changes: diffs.length > 0 ? "some" : "none",
        diffs,
        replaces: [],
        deleteBeforeReplace: false,
        detailedDiff: [],
      };
    },
    create: async () => ({ id: "", properties: {} }),
    read: async ({ id, properties = {}, inputs = {} }) => ({ id, properties, inputs }),
    update: async ({ news }) => ({ properties: news }),
    delete: async () => {},
    invoke: async () => ({ return: {}, failures: [] }),
  };
}
