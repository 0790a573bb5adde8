import { AwsError } from "../../kernel/errors.ts";
import { type AuthorizationRequest, type Call, defineOperation, type Operation } from "../../kernel/service.ts";
import type { Bucket } from "./bucket.ts";
import { md5Hex, verifyChecksums } from "./checksums.ts";
import { askForKey, encryptionMembers, encryptionOf, etagOf } from "./encryption.ts";
import {
  checkPutConditions,
  checkReadConditions,
  matches,
  noSuchKey,
  preconditionFailed,
} from "./object-conditions.ts";
import {
  NULL_VERSION,
  objectChecksum,
  type StoredObject,
  type SystemHeader,
  systemHeaders,
  Versioning,
} from "./object-store.ts";
import { parseRange } from "./range.ts";
import { type Input, inputs } from "./schema.ts";
import type { S3Service } from "./service.ts";
import { malformedXml } from "./support.ts";

const NO_SUCH_VERSION = "The specified version does not exist.";

/** What S3 does not write into an answer's header: more than a byte per character (recorded on AWS 02-2026), and what no header may hold. */
const UNFIT_FOR_HEADER = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** Objects: put, get, head, delete. */
export function objectOperations(s3: S3Service): Record<string, Operation> {
  return {
    PutObject: defineOperation({
      input: inputs.PutObject,
      authorize: (params, call) => {
        const bucket = s3.requireBucket(call, params);
        return [
          s3.ask(call, bucket, "s3:PutObject", params.Key),
          ...askForKey("kms:GenerateDataKey", bucket, params.Key, encryptionOf(bucket, params, call)),
        ];
      },
      run: (params, call) => {
        const bucket = s3.requireBucket(call, params);
        checkPutConditions(bucket, params);
        const checksum = verifyChecksums(params.Body, params);
        const encryption = encryptionOf(bucket, params, call);
        const stored = s3.storeObject(bucket, {
          key: params.Key,
          body: params.Body,
          etag: `"${etagOf(encryption, md5Hex(params.Body))}"`,
          headers: headersOf(params),
          metadata: params.Metadata,
          encryption,
          ...(checksum ? { checksum } : {}),
        });
        call.note({ bucket: bucket.name, key: params.Key, bytes: params.Body.length });
        return {
          ETag: stored.etag,
          ...encryptionMembers(stored.encryption),
          ...versionMember(bucket, stored.versionId),
          ...checksumMembers(stored),
        };
      },
    }),

    GetObject: defineOperation({
      input: inputs.GetObject,
      authorize: (params, call) => askToRead(s3, params, call, { isDecrypted: true }),
      run: (params, call) => read(s3, params, call),
    }),

    HeadObject: defineOperation({
      input: inputs.HeadObject,
      // S3 decrypts for a checksum, and not for the headers (S3 API reference, HeadObject, x-amz-checksum-mode)
      authorize: (params, call) => askToRead(s3, params, call, { isDecrypted: params.ChecksumMode === "ENABLED" }),
      run: (params, call) => {
        const { Body: _body, ...head } = read(s3, params, call);
        return head;
      },
    }),

    DeleteObject: defineOperation({
      input: inputs.DeleteObject,
      authorize: (params, call) => [s3.ask(call, s3.requireBucket(call, params), deleteAction(params), params.Key)],
      run: (params, call) => {
        const bucket = s3.requireBucket(call, params);
        const object = bucket.objects.get(params.Key);
        if (params.IfMatch !== undefined && object && !matches(params.IfMatch, object.etag)) {
          throw preconditionFailed("If-Match");
        }
        call.note({ bucket: bucket.name, key: params.Key });
        return remove(s3, bucket, params);
      },
    }),

    DeleteObjects: defineOperation({
      input: inputs.DeleteObjects,
      // S3 asks for each key by itself and reports each refusal in the answer
      authorize: (params, call) => {
        s3.requireBucket(call, params);
        return [];
      },
      run: (params, call) => {
        const bucket = s3.requireBucket(call, params);
        if (params.Delete.Objects.length === 0 || params.Delete.Objects.length > 1000) {
          throw malformedXml();
        }
        const deleted: Record<string, unknown>[] = [];
        const errors: Record<string, unknown>[] = [];
        for (const named of params.Delete.Objects) {
          const answer = s3.ports.authorizer.evaluate(call, s3.ask(call, bucket, deleteAction(named), named.Key));
          if (!answer.isAllowed) {
            errors.push({ ...named, Code: "AccessDenied", Message: answer.message });
          } else if (named.VersionId !== undefined && !canBeVersionId(bucket, named.VersionId)) {
            // the key's own error, where DeleteObject says InvalidArgument (both recorded on AWS 02-2026)
            errors.push({ ...named, Code: "NoSuchVersion", Message: NO_SUCH_VERSION });
          } else {
            const { DeleteMarker, VersionId } = remove(s3, bucket, named);
            deleted.push({
              ...named,
              ...(DeleteMarker ? { DeleteMarker, DeleteMarkerVersionId: VersionId } : {}),
            });
          }
        }
        call.note({ bucket: bucket.name, deleted: deleted.length, refused: errors.length });
        return { Deleted: params.Delete.Quiet ? [] : deleted, Errors: errors };
      },
    }),
  };
}

/** The system headers among an operation's parameters. */
export function headersOf(params: Partial<Record<SystemHeader, string>>): StoredObject["headers"] {
  const headers: Partial<Record<SystemHeader, string>> = {};
  for (const name of Object.keys(systemHeaders) as SystemHeader[]) {
    const value = params[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** The object's checksum as members of an answer. */
export function checksumMembers(object: StoredObject): Record<string, string> {
  const { algorithm, type, value } = objectChecksum(object);
  return { [`Checksum${algorithm}`]: value, ChecksumType: type };
}

/** The version id in an answer: only of a bucket that has or had versions. */
export function versionMember(bucket: Bucket, versionId: string): { VersionId?: string } {
  return bucket.objects.versioning === Versioning.Off ? {} : { VersionId: versionId };
}

function deleteAction(params: { VersionId?: string }): string {
  return params.VersionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
}

function askToRead(
  s3: S3Service,
  params: Input<"GetObject">,
  call: Call,
  { isDecrypted }: { isDecrypted: boolean },
): AuthorizationRequest[] {
  const bucket = s3.requireBucket(call, params);
  const action = params.VersionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  return [
    s3.ask(call, bucket, action, params.Key),
    ...(isDecrypted ? askToDecrypt(bucket, params.Key, params.VersionId) : []),
  ];
}

/** What IAM is asked about the key of an object that is read; nothing where there is no object. */
export function askToDecrypt(bucket: Bucket, key: string, versionId: string | undefined): AuthorizationRequest[] {
  const object = versionId === undefined ? bucket.objects.get(key) : bucket.objects.findVersion(key, versionId)?.object;
  return object ? askForKey("kms:Decrypt", bucket, key, object.encryption) : [];
}

function remove(
  s3: S3Service,
  bucket: Bucket,
  params: { Key: string; VersionId?: string },
): { VersionId?: string; DeleteMarker?: true } {
  if (params.VersionId === undefined) {
    const marker = s3.removeObject(bucket, params.Key);
    return marker ? { VersionId: marker.versionId, DeleteMarker: true } : {};
  }
  checkVersionId(bucket, params.VersionId);
  const removed = s3.removeVersion(bucket, params.Key, params.VersionId);
  return { VersionId: params.VersionId, ...(removed && !removed.object ? { DeleteMarker: true } : {}) };
}

/** Whether an id can be one of a version: in a bucket that never kept versions there is `null` only. */
function canBeVersionId(bucket: Bucket, versionId: string): boolean {
  if (versionId === NULL_VERSION) return true;
  return bucket.objects.versioning !== Versioning.Off && /^[\w-]{32}$/.test(versionId);
}

/** Throws for what cannot be the id of a version. */
function checkVersionId(bucket: Bucket, versionId: string): void {
  if (canBeVersionId(bucket, versionId)) return;
  throw new AwsError("InvalidArgument", "Invalid version id specified", 400, {
    ArgumentName: "versionId",
    ArgumentValue: versionId,
  });
}

/** The object that a read is about, or the error that S3 gives for what is not there. */
export function findObject(
  s3: S3Service,
  bucket: Bucket,
  params: { readonly Key: string; readonly VersionId?: string | undefined },
  call: Call,
): StoredObject {
  if (params.VersionId !== undefined) {
    const version = bucket.objects.findVersion(params.Key, params.VersionId);
    if (version?.object) return version.object;
    if (version)
      throw new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
    checkVersionId(bucket, params.VersionId);
    throw new AwsError("NoSuchVersion", NO_SUCH_VERSION, 404, {
      Key: params.Key,
      VersionId: params.VersionId,
    });
  }
  const object = bucket.objects.get(params.Key);
  if (object) return object;
  // whoever may not list the bucket is not told that the key does not exist
  const answer = s3.ports.authorizer.evaluate(call, s3.ask(call, bucket, "s3:ListBucket"));
  if (!answer.isAllowed) throw new AwsError("AccessDenied", answer.message, 403);
  throw noSuchKey(params.Key);
}

function read(s3: S3Service, params: Input<"GetObject">, call: Call) {
  const bucket = s3.requireBucket(call, params);
  const object = findObject(s3, bucket, params, call);
  checkReadConditions(object, params, s3.ports.clock.now() / 1000);
  const range = params.Range === undefined ? undefined : parseRange(params.Range, object.body.length);
  const bytes = range ? object.body.subarray(range.start, range.end + 1) : object.body;
  call.note({ bucket: bucket.name, key: params.Key, bytes: bytes.length });
  return {
    Body: bytes,
    AcceptRanges: "bytes",
    ContentLength: bytes.length,
    ETag: object.etag,
    LastModified: object.lastModified / 1000,
    ...encryptionMembers(object.encryption),
    ...versionMember(bucket, object.versionId),
    ContentType: "binary/octet-stream",
    ...object.headers,
    ...overrides(params),
    Metadata: object.metadata,
    ...(range ? { ContentRange: `bytes ${range.start}-${range.end}/${object.body.length}` } : {}),
    ...(params.ChecksumMode === "ENABLED" && !range ? checksumMembers(object) : {}),
  };
}

function overrides(params: Input<"GetObject">): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const name of Object.keys(systemHeaders) as SystemHeader[]) {
    const value = params[`Response${name}`];
    if (value === undefined) continue;
    if (UNFIT_FOR_HEADER.test(value)) {
      throw new AwsError("InvalidArgument", "Header value cannot be represented using ISO-8859-1.", 400, {
        ArgumentName: `response-${systemHeaders[name]}`,
        ArgumentValue: value,
      });
    }
    changed[name] = value;
  }
  return changed;
}
