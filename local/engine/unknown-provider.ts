import { changedProperties } from "../resource-types/diff.ts";
import { type Provider, providerAbilities } from "../resource-types/provider.ts";

/**
 * Stands for a provider whose configuration a preview does not know yet (a role that is still to be made): as with the CLI, it knows nothing, takes what the
 * program gives as it is, and all outputs are unknown.
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
