import type { Properties } from "../../../local/resource-types/resource-type.ts";
import type { MadeResource, ProviderStage } from "../../support/provider-stage.ts";

/** One resource type as programs, people with the AWS CLI and engines treat it: what test/local/provider/contract.test.ts holds it to. */
export interface ResourceSample {
  readonly token: string;
  /** Makes what the resource needs, and gives its inputs as a program writes them: with values that are no defaults, tags among them. */
  readonly inputs: (stage: ProviderStage) => Promise<Properties> | Properties;
  /** Other ways to write the same: over the inputs; no change. */
  readonly same?: readonly Properties[];
  /** Changes in place: over the inputs, and the properties that `diff` then names. */
  readonly updates?: readonly { readonly inputs: Properties; readonly diffs: readonly string[] }[];
  /** Changes that make a new resource: over the inputs, the properties that are the reason, and whether the old one has to go first. */
  readonly replacements?: readonly {
    readonly inputs: Properties;
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace?: boolean;
  }[];
  /** What somebody does with the AWS CLI, and the inputs that a refresh then finds: over those that it was made with; undefined for one that is gone. */
  readonly drifts?: readonly {
    readonly by: (stage: ProviderStage, made: MadeResource) => Promise<unknown>;
    readonly inputs: Properties;
  }[];
  /** What an import names the resource by, where that is not its id. */
  readonly importId?: (outputs: Properties, id: string) => string;
  /**
   * What a read still finds after a delete, over the inputs, where a service cannot be without (a bucket's encryption): the real provider's delete sets it back
   * and its read finds that. Default: the resource is gone.
   */
  readonly leftByDelete?: Properties;
  /** Inputs that no service knows, so that a program which has them is a change after an import: exactly these. */
  readonly unknownToImport?: readonly string[];
}
