import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { type Member, type ServiceModel, serviceModel } from "../../../local/wire/model.ts";
import { javaScriptOf, Pattern } from "../../../local/wire/pattern.ts";

const folder = new URL("../../../local/wire/models/", import.meta.url);
const files = readdirSync(folder);
const models = files
  .filter((file) => file.endsWith(".json"))
  .map((file) => serviceModel(file.slice(0, -".json".length)));

/** Everything that a model says by the name of a shape. */
function references({ operations, shapes }: ServiceModel): readonly string[] {
  const members = Object.values(shapes).flatMap(({ members = {}, member, key, value }): (Member | undefined)[] => [
    ...Object.values(members),
    member,
    key,
    value,
  ]);
  return [
    ...Object.values(operations).flatMap(({ input }) => input ?? []),
    ...members.flatMap((one) => one?.shape ?? []),
  ];
}

describe("AWS's service models", () => {
  it("say in every file which version of botocore they are from, under which license, and what made them", () => {
    const notice =
      /botocore \d+\.\d+\.\d+, data\/[a-z]+\/\d{4}-\d\d-\d\d\/service-2\.json\.gz \(PyPI, Apache-2\.0\), without its documentation\. Made by scripts\/update-service-models\.ts: do not edit/;
    expect(files.length).to.be.greaterThan(20);
    for (const file of files) expect(readFileSync(new URL(file, folder), "utf8").slice(0, 400), file).to.match(notice);
  });

  it("are all from one version", () => {
    const versions = files.map((file) => /botocore [\d.]+\d/.exec(readFileSync(new URL(file, folder), "utf8"))?.[0]);
    expect(new Set(versions)).to.have.property("size", 1);
  });

  it("have every shape that they name", () => {
    for (const model of models) {
      const missing = references(model).filter((name) => model.shapes[name] === undefined);
      expect(missing, model.source).to.deep.equal([]);
    }
  });

  it("have patterns that are read, and mean what JavaScript's regular expressions mean by them", () => {
    const patterns = new Set(
      models.flatMap(({ shapes }) => Object.values(shapes).flatMap(({ pattern }) => pattern ?? [])),
    );
    expect(patterns.size).to.be.greaterThan(50);
    for (const source of patterns) {
      const ours = new Pattern(source);
      const expression = new RegExp(`^(?:${javaScriptOf(source)})$`, "u");
      for (const text of textsLike(source)) {
        expect(ours.test(text), `${source} on ${JSON.stringify(text)}`).to.equal(expression.test(text));
      }
    }
  });
});

/** Texts of the parts of a pattern and of characters that patterns are about, always the same ones. */
function textsLike(source: string): readonly string[] {
  const parts = [
    ...new Set([
      ...source.split(/[[\]()|*+?{}\\]+/),
      ..."aZ0-_.:/ $\n\u00e9",
      "\u{1f600}",
      "arn:aws:iam::123456789012:role/a",
    ]),
  ];
  let seed = 1;
  const next = (limit: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % limit;
  };
  return Array.from({ length: 60 }, () => Array.from({ length: next(8) }, () => parts[next(parts.length)]).join(""));
}
