import { expect } from "chai";
import { rehearseHelp } from "../../local/rehearse/options.ts";
import { POC, PROD, runPoc, runProd } from "../stacks/committed-stacks.ts";
import type { Recording } from "../support/mocks.ts";
import { code, projectText, section, tableRows } from "./markdown-tables.ts";

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: { readonly Federated: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

const page = projectText("docs/pull-requests.md");

/** The JSON blocks of a part of the page, parsed. */
function policies(text: string): Policy[] {
  return [...text.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = ""]) => JSON.parse(json) as Policy);
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

function actionsOf(policy: Policy): string[] {
  return [...new Set(policy.Statement.flatMap(({ Action }) => list(Action)))].sort();
}

/** `aws:s3/bucket:Bucket` as a program writes it. */
function className(token: string): string {
  const [, path = "", name] = token.split(":");
  return `aws.${path.split("/")[0]}.${name}`;
}

function typesOf(run: Recording<unknown>): string[] {
  const types = run.resources.map(({ type }) => type).filter((type) => /^aws:\w+\//.test(type));
  return [...new Set(types.map(className))].sort();
}

/** What gives the content of tables, streams, objects, queues and logs, or makes something happen. */
const readsData =
  /:(BatchGetItem|GetItem|Query|Scan|PartiQL\w*|GetRecords|GetShardIterator|SubscribeToShard|GetObject\w*|SelectObject\w*|GetLogEvents|FilterLogEvents|StartQuery|GetQueryResults|ReceiveMessage|Invoke\w*|Decrypt)$/;

const [poc, prod] = policies(section(page, "2. Permissions"));
const roles = [
  { account: "POC", id: POC, policy: poc },
  { account: "production", id: PROD, policy: prod },
] as const;

describe("docs/pull-requests.md", () => {
  /** By account id. */
  const types: Record<string, readonly string[]> = {};
  before(async () => {
    types[POC] = typesOf(await runPoc());
    types[PROD] = typesOf(await runProd());
  });

  it("has JSON that can be pasted: policies of the current version, with allowing statements of different names", () => {
    const all = policies(page);
    expect(all).to.have.length(4);
    for (const { Version, Statement } of all) {
      expect(Version).to.equal("2012-10-17");
      expect(Statement.map(({ Effect }) => Effect)).to.deep.equal(Statement.map(() => "Allow"));
      expect(new Set(Statement.map(({ Sid }) => Sid)).size).to.equal(Statement.length);
      // IAM takes inline policies of a role up to 10,240 characters without white space.
      expect(JSON.stringify({ Version, Statement }).length).to.be.lessThan(6_000);
    }
  });

  it("lets a role be assumed by jobs of pull requests of one repository alone, by its immutable subject", () => {
    const [trust, ...others] = policies(section(page, "1. Trust"));
    expect(others).to.deep.equal([]);
    const [statement, ...more] = trust?.Statement ?? [];
    expect(more).to.deep.equal([]);
    expect(statement?.Action).to.equal("sts:AssumeRoleWithWebIdentity");
    expect(statement?.Principal?.Federated).to.match(/:oidc-provider\/token\.actions\.githubusercontent\.com$/);
    expect(Object.keys(statement?.Condition ?? {})).to.deep.equal(["StringEquals"]);
    const {
      "token.actions.githubusercontent.com:aud": audience,
      "token.actions.githubusercontent.com:sub": subject = "",
      "token.actions.githubusercontent.com:repository_id": repositoryId,
    } = statement?.Condition?.["StringEquals"] ?? {};
    expect(audience).to.equal("sts.amazonaws.com");
    const [, , , id] = /^repo:([\w-]+)@(\d+)\/([\w-]+)@(\d+):pull_request$/.exec(subject)?.slice(1) ?? [];
    expect(id).to.be.a("string").and.to.equal(repositoryId);
  });

  for (const { account, id, policy } of roles) {
    describe(`the role in the ${account} account`, () => {
      const statements = policy?.Statement ?? [];

      it("names each action, reads settings only, and changes nothing", () => {
        const actions = policy ? actionsOf(policy) : [];
        expect(actions.length).to.be.greaterThan(10);
        for (const action of actions) {
          expect(action, "a wildcard").not.to.match(/[*?]/);
          expect(action, "more than reading").to.match(/^[a-z0-9]+:(Get|List|Describe)[A-Z]|^apigateway:GET$/);
          expect(action, "data").not.to.match(readsData);
        }
      });

      it("reads what is called as the program calls it, in its own account", () => {
        for (const { Sid, Resource } of statements) {
          expect(list(Resource).length, Sid).to.be.greaterThan(0);
          for (const arn of list(Resource)) {
            expect(arn, Sid).to.match(/^arn:aws:[a-z0-9]+:/);
            const owner = arn.split(":")[4];
            if (owner) expect(owner, arn).to.equal(id);
            const isNamed = /[:/]tributary[-/]/.test(arn) || arn.startsWith("arn:aws:apigateway:us-east-1::/");
            expect(isNamed || ["MappingsWhichHaveNoNames", "FoundByListing"].includes(Sid), arn).to.equal(true);
          }
        }
      });

      it("has the actions that the resource types of its stack need, and no others", () => {
        const needed = new Map(
          tableRows(section(page, "2. Permissions")).flatMap(([types, actions = ""]) => {
            const names = [...(types ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
            const each = [...actions.matchAll(/`([^`]+)`/g)].map(([, action]) => action as string);
            return names.map((name) => [name, each] as const);
          }),
        );
        const own = types[id] ?? [];
        expect(own.length).to.be.greaterThan(10);
        expect(own.filter((type) => !needed.has(type))).to.deep.equal([]);
        const actions = new Set(own.flatMap((type) => needed.get(type) ?? []));
        expect(policy && actionsOf(policy)).to.deep.equal([...actions].sort());
      });
    });
  }

  it("lists no resource type that neither stack has", () => {
    const listed = tableRows(section(page, "2. Permissions")).flatMap(([types]) =>
      [...(types ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const known = new Set(Object.values(types).flat());
    expect(listed.filter((type) => !known.has(type ?? ""))).to.deep.equal([]);
  });

  it("lets the state be read, its own files and no others, and not be written", () => {
    const [state] = policies(section(page, "3. The state"));
    expect(state?.Statement.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      ["s3:GetObject", "arn:aws:s3:::my-state-bucket/.pulumi/*"],
      ["s3:ListBucket", "arn:aws:s3:::my-state-bucket"],
      ["kms:Decrypt", "arn:aws:kms:us-east-1:333333333333:key/11111111-2222-3333-4444-555555555555"],
    ]);
  });

  it("lists the options of the rehearsal", () => {
    const listed = tableRows(section(page, "The rehearsal on a laptop")).map(([option]) => code(option)?.split(" ")[0]);
    const options = [...rehearseHelp.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, option]) => option);
    expect(listed).to.deep.equal(options);
  });
});
