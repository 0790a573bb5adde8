import { AwsError } from "../../../kernel/errors.ts";
import { type AuthorizationRequest, type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import type { Bucket } from "../bucket.ts";
import {
  headersOf,
  NULL_VERSION,
  objectChecksum,
  type StoredObject,
  type SystemHeader,
  systemHeaders,
  Versioning,
} from "../bucket-objects.ts";
import { md5Hex, verifyChecksums } from "../checksums.ts";
import { authorizeKey, encryptionMembers, encryptionOf, etagOf } from "../encryption.ts";
import { malformedXml, methodNotAllowed, noSuchKey } from "../errors.ts";
import { MAX_DELETED_KEYS } from "../limits.ts";
import {
  checkAcl,
  checkPutConditions,
  checkReadConditions,
  matches,
  preconditionFailed,
} from "../object-conditions.ts";
import { parseRange } from "../range.ts";
import type { S3Store } from "../store.ts";
import { type Input, inputs } from "./inputs.ts";

const NO_SUCH_VERSION = "The specified version does not exist.";

/**
 * Characters that S3 cannot write into a response header: beyond ISO-8859-1 (recorded on AWS 02-2026), and control
 * characters.
 */
const UNFIT_FOR_HEADER = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** Objects: put, get, head, delete. */
export function objectOperations(store: S3Store): Record<string, Operation> {
  return {
    PutObject: defineOperation({
      input: inputs.PutObject,
      authorize: (params, call) => {
        const bucket = store.require(call, params);
        return [
          store.authorize(call, bucket, "s3:PutObject", params.Key),
          ...authorizeKey("kms:GenerateDataKey", bucket, params.Key, encryptionOf(bucket, params, call)),
        ];
      },
      run: (params, call) => {
        const bucket = store.require(call, params);
        checkAcl(params);
        checkPutConditions(bucket, params);
        const checksum = verifyChecksums(params.Body, params);
        const encryption = encryptionOf(bucket, params, call);
        const stored = store.putObject(bucket, {
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
      authorize: (params, call) => authorizeRead(store, params, call, { isDecrypted: true }),
      run: (params, call) => readObject(store, params, call),
    }),

    HeadObject: defineOperation({
      input: inputs.HeadObject,
      // Only a checksum needs kms:Decrypt (S3 API reference, HeadObject, x-amz-checksum-mode)
      authorize: (params, call) =>
        authorizeRead(store, params, call, { isDecrypted: params.ChecksumMode === "ENABLED" }),
      run: (params, call) => {
        const { Body: _body, ...head } = readObject(store, params, call);
        return head;
      },
    }),

    DeleteObject: defineOperation({
      input: inputs.DeleteObject,
      authorize: (params, call) => [
        store.authorize(call, store.require(call, params), deleteAction(params), params.Key),
      ],
      run: (params, call) => {
        const bucket = store.require(call, params);
        const object = bucket.objects.get(params.Key);
        if (params.IfMatch !== undefined && object && !matches(params.IfMatch, object.etag)) {
          throw preconditionFailed("If-Match");
        }
        call.note({ bucket: bucket.name, key: params.Key });
        return remove(store, bucket, params);
      },
    }),

    DeleteObjects: defineOperation({
      input: inputs.DeleteObjects,
      // S3 authorizes each key by itself and reports each refusal in the answer
      authorize: (params, call) => {
        store.require(call, params);
        return [];
      },
      run: (params, call) => {
        const bucket = store.require(call, params);
        if (params.Delete.Objects.length === 0 || params.Delete.Objects.length > MAX_DELETED_KEYS) {
          throw malformedXml();
        }
        const deleted: Record<string, unknown>[] = [];
        const errors: Record<string, unknown>[] = [];
        for (const named of params.Delete.Objects) {
          const answer = store.ports.authorizer.evaluate(
            call,
            store.authorize(call, bucket, deleteAction(named), named.Key),
          );
          if (!answer.isAllowed) {
            errors.push({ ...named, Code: "AccessDenied", Message: answer.message });
          } else if (named.VersionId !== undefined && !canBeVersionId(bucket, named.VersionId)) {
            // An error of this key only; DeleteObject answers InvalidArgument (both recorded on AWS 02-2026)
            errors.push({ ...named, Code: "NoSuchVersion", Message: NO_SUCH_VERSION });
          } else {
            const { DeleteMarker, VersionId } = remove(store, bucket, named);
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

/** The object's checksum as members of an answer. */
export function checksumMembers(object: StoredObject): Record<string, string> {
  const { algorithm, type, value } = objectChecksum(object);
  return { [`Checksum${algorithm}`]: value, ChecksumType: type };
}

/** The version id as a member of an answer, which a bucket that never had versioning leaves out. */
export function versionMember(bucket: Bucket, versionId: string): { VersionId?: string } {
  return bucket.objects.versioning === Versioning.Off ? {} : { VersionId: versionId };
}

function deleteAction(params: { VersionId?: string }): string {
  return params.VersionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
}

function authorizeRead(
  store: S3Store,
  params: Input<"GetObject">,
  call: Call,
  { isDecrypted }: { isDecrypted: boolean },
): AuthorizationRequest[] {
  const bucket = store.require(call, params);
  const action = params.VersionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  return [
    store.authorize(call, bucket, action, params.Key),
    ...(isDecrypted ? authorizeDecrypt(bucket, params.Key, params.VersionId) : []),
  ];
}

/** What IAM is asked for the KMS key of an object to be read; nothing when there is no object. */
export function authorizeDecrypt(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): readonly AuthorizationRequest[] {
  const object = versionId === undefined ? bucket.objects.get(key) : bucket.objects.findVersion(key, versionId)?.object;
  return object ? authorizeKey("kms:Decrypt", bucket, key, object.encryption) : [];
}

function remove(
  store: S3Store,
  bucket: Bucket,
  params: { Key: string; VersionId?: string },
): { VersionId?: string; DeleteMarker?: true } {
  if (params.VersionId === undefined) {
    const marker = store.removeObject(bucket, params.Key);
    return marker ? { VersionId: marker.versionId, DeleteMarker: true } : {};
  }
  checkVersionId(bucket, params.VersionId);
  const removed = store.removeVersion(bucket, params.Key, params.VersionId);
  return { VersionId: params.VersionId, ...(removed && !removed.object ? { DeleteMarker: true } : {}) };
}

/** Whether S3 takes this as a version id: a bucket that never had versioning has only `null`. */
function canBeVersionId(bucket: Bucket, versionId: string): boolean {
  if (versionId === NULL_VERSION) return true;
  return bucket.objects.versioning !== Versioning.Off && /^[\w-]{32}$/.test(versionId);
}

/** @throws AwsError InvalidArgument for a text that is no version id. */
function checkVersionId(bucket: Bucket, versionId: string): void {
  if (canBeVersionId(bucket, versionId)) return;
  throw new AwsError("InvalidArgument", "Invalid version id specified", 400, {
    ArgumentName: "versionId",
    ArgumentValue: versionId,
  });
}

/**
 * The object that a call names.
 * @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed, or AccessDenied for who may not list the bucket.
 */
export function findObject(
  store: S3Store,
  bucket: Bucket,
  params: { readonly Key: string; readonly VersionId?: string | undefined },
  call: Call,
): StoredObject {
  if (params.VersionId !== undefined) {
    const version = bucket.objects.findVersion(params.Key, params.VersionId);
    if (version?.object) return version.object;
    if (version) throw methodNotAllowed();
    checkVersionId(bucket, params.VersionId);
    throw new AwsError("NoSuchVersion", NO_SUCH_VERSION, 404, {
      Key: params.Key,
      VersionId: params.VersionId,
    });
  }
  const object = bucket.objects.get(params.Key);
  if (object) return object;
  // Without s3:ListBucket, S3 does not reveal that the key does not exist.
  const answer = store.ports.authorizer.evaluate(call, store.authorize(call, bucket, "s3:ListBucket"));
  if (!answer.isAllowed) throw new AwsError("AccessDenied", answer.message, 403);
  throw noSuchKey(params.Key);
}

function readObject(store: S3Store, params: Input<"GetObject">, call: Call) {
  const bucket = store.require(call, params);
  const object = findObject(store, bucket, params, call);
  checkReadConditions(object, params, store.ports.clock.now() / 1000);
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
