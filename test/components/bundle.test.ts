import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { bundleText } from "../../components/bundled-function/bundle.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("bundles of functions", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "bundle-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A copy of the functions in another folder, at another depth. */
  function copyTo(...path: string[]): string {
    const copy = join(folder, ...path);
    mkdirSync(copy, { recursive: true });
    cpSync(join(root, "functions"), join(copy, "functions"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    return join(copy, "functions");
  }

  for (const name of ["replicator", "archiver"])
    it(`are the same of the ${name}, byte for byte, in whatever folder it lies`, () => {
      const near = bundleText(join(copyTo("near"), name, "handler.ts"));
      const far = bundleText(join(copyTo("a", "much", "deeper", "folder"), name, "handler.ts"));
      expect(far === near, "the two bundles differ").to.equal(true);
      expect(near === bundleText(join(root, "functions", name, "handler.ts"))).to.equal(true);
      expect(near).not.to.contain(folder);
      expect(near).not.to.contain("node_modules");
    });

  it("change with the code", () => {
    const entry = join(folder, "handler.ts");
    writeFileSync(entry, "export const handler = async () => 1;");
    const before = bundleText(entry);
    writeFileSync(entry, "export const handler = async () => 2;");
    expect(bundleText(entry)).not.to.equal(before);
  });

  it("say where an entry cannot be bundled", () => {
    const entry = join(folder, "handler.ts");
    writeFileSync(entry, 'import { x } from "no-such-package";\nexport const handler = x;');
    expect(() => bundleText(entry)).to.throw('Could not resolve "no-such-package"');
  });
});
