import type { CheckRequest as CheckMessage, DiffRequest as DiffMessage } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import { providerMessages, Struct } from "../../kernel/pulumi-protocol.ts";
import type { Autonaming, CheckFailure, CheckRequest, DiffRequest, DiffResult } from "../../resource-types/provider.ts";
import type { Properties } from "../../resource-types/resource-type.ts";
import { unwrapSecrets } from "../../resource-types/wire-values.ts";

/** Reads properties from a message; empty for no message. */
export function readProperties(message: StructMessage | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

/** Writes properties as a message. */
export function toStruct(values: Properties): StructMessage {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

/**
 * Writes check failures as messages.
 *
 * The engine prints the value of a failure's property, even of a secret one. So a property that holds a secret is named
 * in the reason only, as in the real provider.
 * @param given the checked inputs.
 */
export function toFailures(failures: readonly CheckFailure[], given: Properties = {}) {
  return failures.map(({ property, reason }) => {
    const isSecret = unwrapSecrets(given[property]).paths.length > 0;
    const failure = new providerMessages.CheckFailure();
    failure.setProperty(isSecret ? "" : property);
    failure.setReason(isSecret ? `${property}: ${reason}` : reason);
    return failure;
  });
}

/** Reads the request of `check`. */
export function readCheck(message: CheckMessage): CheckRequest {
  const seed = message.getRandomseed_asU8();
  const autonaming = readAutonaming(message);
  return {
    urn: message.getUrn(),
    ...(message.hasOlds() ? { olds: readProperties(message.getOlds()) } : {}),
    news: readProperties(message.getNews()),
    ...(seed.length > 0 ? { randomSeed: seed } : {}),
    ...(autonaming ? { autonaming } : {}),
  };
}

/** Reads the request of `diff`. */
export function readDiff(message: DiffMessage): DiffRequest {
  return {
    urn: message.getUrn(),
    id: message.getId(),
    olds: readProperties(message.getOlds()),
    oldInputs: readProperties(message.getOldInputs()),
    news: readProperties(message.getNews()),
    ignoreChanges: message.getIgnorechangesList(),
  };
}

const { Kind } = providerMessages.PropertyDiff;
/** By kind: in place, and in a replacement. */
const propertyDiffKinds = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
} as const;

/** Writes the answer of `diff`. */
export function toDiffResponse(diff: DiffResult) {
  const { DiffChanges } = providerMessages.DiffResponse;
  const response = new providerMessages.DiffResponse();
  response.setChanges(diff.changes === "some" ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setDiffsList([...diff.diffs]);
  response.setReplacesList([...diff.replaces]);
  response.setDeletebeforereplace(diff.deleteBeforeReplace);
  const details = response.getDetaileddiffMap();
  for (const { path, kind, isReplacement } of diff.detailedDiff) {
    const detail = new providerMessages.PropertyDiff();
    detail.setKind(propertyDiffKinds[kind][isReplacement ? 1 : 0]);
    detail.setInputdiff(true);
    details.set(path, detail);
  }
  // Without a detailed diff the engine computes one itself.
  response.setHasdetaileddiff(diff.detailedDiff.length > 0);
  return response;
}

const autonamingModes = ["propose", "enforce", "disable"] as const;

function readAutonaming(message: CheckMessage): Autonaming | undefined {
  const options = message.getAutonaming();
  if (!options) return undefined;
  return { mode: autonamingModes[options.getMode()] ?? "propose", proposedName: options.getProposedName() };
}
