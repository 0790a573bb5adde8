import { isRecord } from "../../../resource-types/wire-values.ts";
import { malformedXml } from "../errors.ts";
import { fromXml } from "./xml.ts";

type Content = Readonly<Record<string, unknown>>;

/** A request body about a setting: its root element, and the parameter that it becomes. */
interface SettingDocument {
  readonly root: string;
  readonly parameter: string;
  /** From the elements of the document to the members of the API. */
  readonly read?: (content: Content) => Content;
}

const rules = ({ Rule = [], ...rest }: Content): Content => ({ ...rest, Rules: Rule });
/** @throws AwsError MalformedXML for an element that is there twice. */
function tags(element: unknown): unknown {
  if (Array.isArray(element)) throw malformedXml();
  return isRecord(element) ? (element["Tag"] ?? []) : (element ?? []);
}

/** The operations whose body is a document about a bucket. */
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
/** Elements with child elements; without any they parse as an empty text. */
const structures = new Set(["Filter", "TagSet", "Tags", "Expiration", "NoncurrentVersionExpiration"]);

/** The body of a request as a parameter, by its name; undefined for an operation without such a body. */
export function readSettingDocument(operation: string, body: Buffer): Content | undefined {
  if (operation === "PutBucketPolicy") return { Policy: body.toString("utf8") };
  const document = requests[operation];
  if (!document) return undefined;
  if (operation === "CreateBucket" && body.length === 0) return {};
  const content = typed(document.root, fromXml(document.root, body)) as Content;
  return { [document.parameter]: document.read?.(content) ?? content };
}

/** The content of an answer about a setting; undefined for other operations. */
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

/** Converts the texts of a document to numbers and booleans, and drops white space between elements. */
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
