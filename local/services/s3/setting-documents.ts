import { isRecord } from "../../resource-types/wire-values.ts";
import { fromXml } from "./xml.ts";

type Content = Readonly<Record<string, unknown>>;

/** A document about a setting: its root element, the parameter that it is, and how its lists are called there. */
interface SettingDocument {
  readonly root: string;
  readonly parameter: string;
  /** From the document's own elements to the members of the API. */
  readonly read?: (content: Content) => Content;
}

const rules = ({ Rule = [], ...rest }: Content): Content => ({ ...rest, Rules: Rule });
const tags = (element: unknown): unknown => (isRecord(element) ? (element["Tag"] ?? []) : (element ?? []));

/** The requests whose body is a document about a bucket. */
const requests: Readonly<Record<string, SettingDocument>> = {
  CreateBucket: {
    root: "CreateBucketConfiguration",
    parameter: "CreateBucketConfiguration",
    read: ({ Tags, ...rest }) => ({ ...rest, ...(Tags === undefined ? {} : { Tags: tags(Tags) }) }),
  },
  PutBucketTagging: {
    root: "Tagging",
    parameter: "Tagging",
    read: ({ TagSet, ...rest }) => ({ ...rest, TagSet: tags(TagSet) }),
  },
  PutPublicAccessBlock: { root: "PublicAccessBlockConfiguration", parameter: "PublicAccessBlockConfiguration" },
  PutBucketVersioning: { root: "VersioningConfiguration", parameter: "VersioningConfiguration" },
  PutBucketEncryption: {
    root: "ServerSideEncryptionConfiguration",
    parameter: "ServerSideEncryptionConfiguration",
    read: rules,
  },
  PutBucketLifecycleConfiguration: {
    root: "LifecycleConfiguration",
    parameter: "LifecycleConfiguration",
    read: rules,
  },
  PutBucketOwnershipControls: { root: "OwnershipControls", parameter: "OwnershipControls", read: rules },
};

const numbers = new Set(["Days", "NoncurrentDays", "DaysAfterInitiation"]);
const booleans = new Set([
  "BucketKeyEnabled",
  "BlockPublicAcls",
  "BlockPublicPolicy",
  "IgnorePublicAcls",
  "RestrictPublicBuckets",
]);
/** Elements that hold others: without any they read as a text that is empty. */
const structures = new Set(["Filter", "TagSet", "Tags", "Expiration", "NoncurrentVersionExpiration"]);

/** What the body of a request about a bucket says, under its parameter's name; undefined for an operation that has no such body. */
export function readSettingDocument(operation: string, body: Buffer): Content | undefined {
  if (operation === "PutBucketPolicy") return { Policy: body.toString("utf8") };
  const document = requests[operation];
  if (!document) return undefined;
  if (operation === "CreateBucket" && body.length === 0) return {};
  const content = typed(document.root, fromXml(document.root, body)) as Content;
  return { [document.parameter]: document.read?.(content) ?? content };
}

/** The content of an answer's document about a setting; undefined for other operations. */
export function settingContent(operation: string, members: Content): Content | undefined {
  switch (operation) {
    case "GetBucketTagging":
      return { TagSet: { Tag: members["TagSet"] } };
    case "GetPublicAccessBlock":
      return members["PublicAccessBlockConfiguration"] as Content;
    case "GetBucketEncryption":
      return { Rule: rulesOf(members["ServerSideEncryptionConfiguration"]) };
    case "GetBucketOwnershipControls":
      return { Rule: rulesOf(members["OwnershipControls"]) };
    case "GetBucketLifecycleConfiguration":
      return { Rule: rulesOf(members) };
    default:
      return undefined;
  }
}

function rulesOf(configuration: unknown): unknown {
  return isRecord(configuration) ? configuration["Rules"] : undefined;
}

/** Texts of a document as what they stand for; white space between elements goes. */
function typed(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => typed(name, element));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== "#text")
        .map(([key, element]) => [key, typed(key, element)]),
    );
  }
  if (value === "" && structures.has(name)) return {};
  if (numbers.has(name) && /^\d+$/.test(String(value))) return Number(value);
  if (booleans.has(name)) return value === "true" ? true : value === "false" ? false : value;
  return value;
}
