import { z } from "zod";
import { unwrapped } from "../../resource-types/input-schema.ts";
import type { ResourceType } from "../../resource-types/resource-type.ts";

/** A type in Pulumi's package schema. */
type TypeSpec = Readonly<Record<string, unknown>>;
type ObjectSpecs = Record<string, { readonly type: "object"; readonly properties: Readonly<Record<string, TypeSpec>> }>;

const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };

/**
 * The package schema of the local `aws` provider; `pulumi import` generates code from it. Programs do not use it:
 * their types come from the real package's SDK.
 * @param version of the real package, such as `7.48.0`.
 */
export function packageSchema(types: Iterable<ResourceType>, version: string): Readonly<Record<string, unknown>> {
  const objects: ObjectSpecs = {};
  const resources = [...types].map((type) => [type.token, resourceSpec(type, objects)]);
  return {
    name: "aws",
    version,
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    language: { nodejs: { packageName: "@pulumi/aws" } },
    resources: Object.fromEntries(resources),
    types: objects,
  };
}

function resourceSpec(type: ResourceType, objects: ObjectSpecs): TypeSpec {
  const inputs = propertySpecs(type.inputs, type.token, objects);
  const decided = Object.fromEntries((type.computed ?? []).map((name) => [name, ANY]));
  return {
    inputProperties: inputs.properties,
    requiredInputs: inputs.required.filter((name) => name !== type.autoName?.property),
    properties: { ...decided, ...inputs.properties },
  };
}

function propertySpecs(schema: z.core.$ZodType, owner: string, objects: ObjectSpecs) {
  const inner = unwrapped(schema);
  const shape = inner instanceof z.ZodObject ? Object.entries(inner.shape as z.core.$ZodShape) : [];
  return {
    properties: Object.fromEntries(shape.map(([name, part]) => [name, typeSpec(part, name, owner, objects)])),
    required: shape.filter(([, part]) => !(part as z.ZodType).safeParse(undefined).success).map(([name]) => name),
  };
}

function typeSpec(schema: z.core.$ZodType, name: string, owner: string, objects: ObjectSpecs): TypeSpec {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum) return { type: "string" };
  if (inner instanceof z.ZodNumber) return { type: "number" };
  if (inner instanceof z.ZodBoolean) return { type: "boolean" };
  if (inner instanceof z.ZodArray) return { type: "array", items: typeSpec(inner.element, name, owner, objects) };
  if (inner instanceof z.ZodRecord) {
    return { type: "object", additionalProperties: typeSpec(inner.valueType, name, owner, objects) };
  }
  if (inner instanceof z.ZodObject) {
    const token = objectToken(owner, name);
    objects[token] = { type: "object", properties: propertySpecs(inner, token, objects).properties };
    return { $ref: `#/types/${token}` };
  }
  return ANY;
}

/** `aws:lambda/function:Function` and `environment` are `aws:lambda/FunctionEnvironment:FunctionEnvironment`. */
function objectToken(owner: string, property: string): string {
  const [packageName = "", module = "", ownerName = ""] = owner.split(":");
  const name = `${ownerName}${property.charAt(0).toUpperCase()}${property.slice(1)}`;
  return `${packageName}:${module.split("/")[0]}/${name}:${name}`;
}
