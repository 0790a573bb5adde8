/** The type of every stack's root resource. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The type of a reference to another stack. */
export const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";

/** Prefix of the types of providers; the package's name follows. */
export const PROVIDER_TYPE_PREFIX = "pulumi:providers:";

/**
 * A resource's URN: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`; the Stack does not count as a
 * parent type.
 */
export function makeUrn(stack: string, project: string, parentUrn: string, type: string, name: string): string {
  const parentTypes = parentUrn.split("::")[2] ?? "";
  const prefix = parentTypes === "" || parentTypes === STACK_TYPE ? "" : `${parentTypes}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** The resource's own type and name. */
export function typeAndName(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
