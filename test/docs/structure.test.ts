import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";
import { code, projectFile, projectText, section, tableRows } from "./markdown-tables.ts";

/** Who may import whom, types too: each part of `local/` and the other parts that it stands on. `services/*` is one service, and no other. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  kernel: ["aws"],
  accounts: ["kernel", "aws"],
  wire: ["kernel"],
  sigv4: ["kernel"],
  "resource-types": ["kernel", "aws"],
  faults: ["kernel"],
  "services/*": ["kernel", "accounts", "wire", "sigv4", "resource-types", "faults", "aws", "mapping-templates"],
  "services/index": ["kernel", "services/*"],
  sample: [],
  producer: ["kernel"],
  provider: ["kernel", "accounts", "sigv4", "resource-types", "aws", "mapping-templates"],
  "front-door": ["kernel", "accounts", "sigv4", "wire", "faults"],
  engine: ["kernel", "accounts", "resource-types"],
  ledger: ["kernel", "producer"],
  cloud: ["kernel", "accounts", "wire", "resource-types", "faults", "services/index"],
  system: ["kernel", "aws", "cloud", "accounts", "faults", "engine", "provider", "ledger", "producer"],
  run: [
    "kernel",
    "aws",
    "accounts",
    "faults",
    "cloud",
    "system",
    "engine",
    "provider",
    "front-door",
    "ledger",
    "producer",
    "sample",
  ],
  prove: ["kernel", "faults", "cloud", "system", "run", "front-door", "ledger", "producer", "sample"],
  rehearse: ["kernel", "cloud", "system", "run", "engine", "provider", "resource-types", "front-door"],
};

/** Circles of more files than this hide what depends on what. */
const MAX_CIRCLE = 4;

/** Parts that ask the services what they need to know of them, instead of naming one. */
const NAMELESS: readonly string[] = ["front-door", "faults", "accounts", "sigv4", "provider", "engine", "ledger"];

/** Where one of them names a service all the same: file, text, and why it must. */
const NAMED: readonly (readonly [file: string, text: string, why: string])[] = [
  ["local/accounts/service-role.ts", "sts:AssumeRole", "the action and the call of IAM by which roles are assumed"],
  ["local/accounts/service-role.ts", "sts:RoleSessionName", "a condition key that goes with that action"],
  [
    "local/front-door/dispatcher.ts",
    "ec2",
    "clients of EC2 read errors in a form of their own; no such service is here",
  ],
  ["local/ledger/collect.ts", "kinesis", "the ledger reads the stream as any client does"],
  ["local/ledger/collect.ts", "dynamodb", "the ledger reads the table as any client does"],
  ["local/ledger/collect.ts", "s3", "the ledger reads the buckets as any client does"],
  ["local/provider/provider-identity.ts", "sts", "a provider signs in by calling STS, as on AWS"],
];

/** Files that every folder of a service has. */
const SERVICE_FILES: readonly string[] = ["limits", "operations", "resources", "service", "store", "wire"];

/** Services without one of them, and why. */
const WITHOUT: readonly (readonly [file: string, why: string])[] = [
  ["sts/store", "the sessions that it issues are the accounts', which authenticate by them"],
];

/** Within a service: what a file and all that it imports may not reach. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  limits: ["store", "operations", "resources", "service", "wire"],
  store: ["operations", "resources", "service", "wire"],
  operations: ["resources", "service"],
  resources: ["operations", "service"],
  wire: ["store", "operations", "resources", "service"],
};

/** Signing names that are not the name of a folder in local/services/. */
const OTHER_NAMES = ["ec2", "execute-api", "kms", "monitoring", "streams\\.dynamodb"];
const SERVICE_NAMES = [
  ...OTHER_NAMES,
  ...readdirSync(projectFile("local/services"), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  ),
].join("|");

const files = (folder: string): string[] =>
  readdirSync(projectFile(folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file))
    .map((file) => join(folder, file));

const sources = [...files("local"), ...files("aws"), ...files("mapping-templates")];
const imports = new Map(
  sources.map((file) => {
    const text = readFileSync(projectFile(file), "utf8");
    const specifiers = [...text.matchAll(/(?:\bfrom|\bimport\(|^import) ?"(\.[^"]+)"/gm)].map(([, path = ""]) => path);
    return [file, specifiers.map((path) => normalize(join(dirname(file), path)))] as const;
  }),
);

/** The part of the project that a file belongs to, such as `kernel` or `services/kinesis`. */
function partOf(file: string): string {
  const [top = "", folder = "", service = "", ...rest] = file.split("/");
  if (top !== "local") return top;
  if (folder === "services") return rest.length > 0 ? `services/${service}` : "services/index";
  if (service !== "") return folder;
  return folder === "calls.ts" ? "cloud" : folder.replace(".ts", "");
}

/** Arrows between parts that the table does not allow, as `from → to: file → file`. */
function forbidden(): string[] {
  const found: string[] = [];
  for (const [file, targets] of imports) {
    const from = partOf(file);
    const allowed = ALLOWED[from.startsWith("services/") && from !== "services/index" ? "services/*" : from];
    for (const target of targets) {
      const to = partOf(target);
      if (to === from) continue;
      const kind = to.startsWith("services/") && to !== "services/index" ? "services/*" : to;
      const isOtherService = from.startsWith("services/") && from !== "services/index" && kind === "services/*";
      if (!isOtherService && allowed?.includes(kind)) continue;
      found.push(`${file} → ${target}`);
    }
  }
  return found.sort();
}

/** Folders of services. */
const services = [...new Set([...imports.keys()].map(partOf))]
  .filter((part) => part.startsWith("services/") && part !== "services/index")
  .map((part) => part.replace("services/", ""));

/** The part of a service that a file belongs to, such as `store`, or `operations` also for `operations/messages.ts`. */
const sectionOf = (file: string): string => file.split("/")[3]?.replace(".ts", "") ?? "";

/** All files of the same part of the project that a file imports, directly or by others. */
function reachedWithin(file: string, found = new Set<string>()): ReadonlySet<string> {
  for (const target of imports.get(file) ?? []) {
    if (found.has(target) || partOf(target) !== partOf(file)) continue;
    found.add(target);
    reachedWithin(target, found);
  }
  return found;
}

/** Groups of files that import each other, directly or by others. */
function circles(): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) as number);
    stack.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!imports.has(target)) continue;
      if (!index.has(target)) {
        visit(target);
        low.set(file, Math.min(low.get(file) as number, low.get(target) as number));
      } else if (stack.includes(target)) {
        low.set(file, Math.min(low.get(file) as number, index.get(target) as number));
      }
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const file of imports.keys()) if (!index.has(file)) visit(file);
  return found;
}

/** What the benchmarks may import besides their own files: they measure from outside. */
const ALLOWED_OF_BENCH: readonly RegExp[] = [
  /^bench\//,
  /^local\//,
  // Functions bundled as they are deployed, and the defaults that they are deployed with.
  /^components\/bundled-function\/(?:bundle|own-code)\.ts$/,
  /^config\/stack-keys\.ts$/,
  // The templates as the gateway has them.
  /^components\/ingest-gateway\/templates\//,
  /^functions\/shared\/decimal-text\.ts$/,
];

describe("the structure of bench/", () => {
  const importsOf = (folder: string) =>
    files(folder)
      .filter((file) => !file.includes("node_modules/"))
      .flatMap((file) =>
        [...readFileSync(projectFile(file), "utf8").matchAll(/(?:\bfrom|\bimport\(|^import) ?"(\.[^"]+)"/gm)].map(
          ([, path = ""]) => [file, normalize(join(dirname(file), path))] as const,
        ),
      );

  it("imports the local cloud, the bundling and its own files", () => {
    const own = importsOf("bench");
    expect(own.length).to.be.greaterThan(10);
    expect(own.filter(([, target]) => !ALLOWED_OF_BENCH.some((allowed) => allowed.test(target)))).to.deep.equal([]);
  });

  it("is imported by nothing but its tests", () => {
    const others = ["aws", "components", "config", "functions", "local", "mapping-templates", "scripts", "stacks"];
    const found = others.flatMap(importsOf).filter(([, target]) => target.startsWith("bench/"));
    expect(found).to.deep.equal([]);
  });
});

describe("the structure of local/", () => {
  it("has the arrows that the table allows, and no others", () => {
    expect(imports.size).to.be.greaterThan(300);
    expect(forbidden()).to.deep.equal([]);
  });

  it("has the arrows of the page on the architecture", () => {
    const rows = tableRows(section(projectText("docs/architecture.md"), "Folders"));
    const listed = rows.map(([part, others = ""]) => [
      code(part),
      others === "nothing" ? [] : others.split(", ").map(code),
    ]);
    expect(listed).to.deep.equal(Object.entries(ALLOWED));
  });

  it("names no service outside of the services, but where it must", () => {
    const literal = new RegExp(`"((?:${SERVICE_NAMES})(?:[:.][^"]*)?)"`, "gi");
    const found = sources
      .filter((file) => NAMELESS.includes(partOf(file)))
      .flatMap((file) =>
        [...readFileSync(projectFile(file), "utf8").matchAll(literal)].map(([, text = ""]) => `${file}: ${text}`),
      );
    expect([...new Set(found)].sort()).to.deep.equal(NAMED.map(([file, text]) => `${file}: ${text}`).sort());
  });

  it("has the same files in the folder of every service", () => {
    expect(services).to.have.length.greaterThan(12);
    const missing = services.flatMap((service) =>
      SERVICE_FILES.map((file) => `${service}/${file}`).filter((file) => !imports.has(`local/services/${file}.ts`)),
    );
    expect(missing).to.deep.equal(WITHOUT.map(([file]) => file));
  });

  it("has no arrow upwards within a service: limits, things, store, operations and resource types, service", () => {
    const upwards = services.flatMap((service) =>
      [...imports.keys()]
        .filter((file) => file.startsWith(`local/services/${service}/`))
        .flatMap((file) => {
          const above = ABOVE[sectionOf(file)] ?? [];
          const reached = [...reachedWithin(file)].filter((target) => above.includes(sectionOf(target)));
          return reached.map((target) => `${file} → … → ${target}`);
        }),
    );
    expect(upwards).to.deep.equal([]);
  });

  it("writes the trace in one place", () => {
    const writers = sources.filter((file) => /\btrace\.record\(/.test(readFileSync(projectFile(file), "utf8")));
    expect(writers).to.deep.equal(["local/calls.ts"]);
  });

  it("has no circle of more than four files", () => {
    const large = circles().filter((circle) => circle.length > MAX_CIRCLE);
    expect(large).to.deep.equal([]);
  });
});
