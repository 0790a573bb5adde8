import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { packageSchema } from "../../../local/provider/grpc/package-schema.ts";
import { inputNames } from "../../../local/resource-types/input-schema.ts";

const { resourceTypes } = new Cloud().registry;

interface Schema {
  readonly resources: Readonly<
    Record<string, { inputProperties: object; requiredInputs: string[]; properties: object }>
  >;
  readonly types: Readonly<Record<string, { properties: object }>>;
}

describe("the package schema for pulumi import", () => {
  const schema = packageSchema(resourceTypes.values(), "7.48.0") as unknown as Schema;

  it("has every type with its arguments and what the service decides", () => {
    expect(Object.keys(schema.resources)).to.deep.equal([...resourceTypes.keys()]);
    for (const [token, type] of resourceTypes) {
      const resource = schema.resources[token];
      expect(Object.keys(resource?.inputProperties ?? {}), token).to.deep.equal(inputNames(type));
      expect(Object.keys(resource?.properties ?? {}), token).to.include.members([...(type.computed ?? [])]);
    }
  });

  it("requires inputs without a default, except automatic names", () => {
    expect(schema.resources["aws:dynamodb/table:Table"]?.requiredInputs).to.not.include("name");
    expect(schema.resources["aws:iam/role:Role"]?.requiredInputs).to.deep.equal(["assumeRolePolicy"]);
  });

  it("says the type of each argument, as the SDK names it", () => {
    const table = schema.resources["aws:dynamodb/table:Table"]?.inputProperties;
    const token = "aws:dynamodb/TableTtl:TableTtl";
    expect(table).to.deep.include({
      tags: { type: "object", additionalProperties: { type: "string" } },
      readCapacity: { type: "number" },
      ttl: { $ref: `#/types/${token}` },
    });
    expect(schema.types[token]?.properties).to.deep.include({ attributeName: { type: "string" } });
  });

  it("names no object that it does not have", () => {
    const references = [...JSON.stringify(schema).matchAll(/"#\/types\/([^"]+)"/g)].map(([, token]) => token);
    expect(references).to.not.be.empty;
    expect(Object.keys(schema.types)).to.include.members(references);
  });
});
