import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { KeptBodies } from "./kept-bodies.ts";
import { digestOfItems } from "./stored-items.ts";
import { digestOfLines } from "./stored-lines.ts";

/** Credentials that AssumeRole answers with; calls as the assumed role must name their key. */
export const ASSUMED_KEY_ID = "ASIAASSUMEDROLE00001";

/** Paths for the benchmark itself. */
export const Control = { Reset: "/-/reset", Items: "/-/items", Lines: "/-/lines" } as const;

/** The key attributes of the table. */
const KEY_NAMES = ["seqNumbershardIdHash", "sequenceNumber"] as const;

const OPERATIONS = {
  "DynamoDB_20120810.BatchWriteItem": '{"UnprocessedItems":{}}',
  "DynamoDB_20120810.PutItem": "{}",
} as const;

const ASSUMED_ROLE =
  '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>' +
  `<AccessKeyId>${ASSUMED_KEY_ID}</AccessKeyId><SecretAccessKey>secret-of-the-session</SecretAccessKey>` +
  `<SessionToken>${"token-of-the-session".repeat(16)}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>` +
  "</Credentials><AssumedRoleUser><Arn>arn:aws:sts::222222222222:assumed-role/writer/session</Arn>" +
  "<AssumedRoleId>AROA:session</AssumedRoleId></AssumedRoleUser></AssumeRoleResult>" +
  "<ResponseMetadata><RequestId>request</RequestId></ResponseMetadata></AssumeRoleResponse>";

/**
 * Services that answer in AWS's wire protocols and do next to nothing: DynamoDB's BatchWriteItem and PutItem,
 * Firehose's PutRecord and PutRecordBatch, S3's PutObject, STS's AssumeRole. What they got is kept, and digested when
 * the benchmark asks. Signatures are not verified, but must be there and be the assumed role's.
 */
export class StandIn {
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  readonly #bodies = new KeptBodies();
  #serviceMs = 0;
  #requests = 0;
  #refusals: string[] = [];

  /** Listens on a free port of the loopback. @returns the port */
  async listen(): Promise<number> {
    this.#server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends all connections. */
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = new URL(request.url ?? "/", "http://stand-in");
    if (path.pathname.startsWith("/-/")) this.#control(path, response);
    else await this.#serve(request, body, response);
  }

  #control({ pathname, searchParams }: URL, response: ServerResponse): void {
    const counted = { requests: this.#requests, refusals: this.#refusals };
    if (pathname === Control.Reset) {
      this.#bodies.clear();
      this.#requests = 0;
      this.#refusals = [];
      this.#serviceMs = Number(searchParams.get("serviceMs") ?? 0);
      response.end("{}");
    } else if (pathname === Control.Items) {
      response.end(JSON.stringify({ ...counted, ...digestOfItems(this.#bodies.all(), KEY_NAMES) }));
    } else {
      response.end(JSON.stringify({ ...counted, ...digestOfLines(this.#bodies.all()) }));
    }
  }

  async #serve(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const target = String(request.headers["x-amz-target"] ?? "");
    const authorization = String(request.headers["authorization"] ?? "");
    this.#requests++;
    if (request.method === "PUT") return answer(response, 200, "application/xml", "");
    if (target === "" && body.includes("Action=AssumeRole")) return answer(response, 200, "text/xml", ASSUMED_ROLE);
    const needsRole = target.startsWith("DynamoDB");
    if (!authorization.startsWith("AWS4-HMAC-SHA256 ") || (needsRole && !authorization.includes(ASSUMED_KEY_ID))) {
      this.#refusals.push(
        `${target} was not signed by ${needsRole ? "the assumed role" : "anybody"}: ${authorization}`,
      );
      return answer(response, 400, "application/x-amz-json-1.0", '{"__type":"AccessDeniedException"}');
    }
    const text = target.startsWith("Firehose") ? firehoseAnswer(target, body) : OPERATIONS[target as never];
    if (text === undefined) {
      this.#refusals.push(`the stand-in has no ${request.method} ${request.url} ${target}`);
      return answer(response, 400, "application/x-amz-json-1.0", '{"__type":"UnknownOperationException"}');
    }
    this.#bodies.add(body);
    if (this.#serviceMs > 0) await setTimeout(this.#serviceMs);
    answer(response, 200, "application/x-amz-json-1.0", text);
  }
}

function firehoseAnswer(target: string, body: Buffer): string {
  if (target.endsWith(".PutRecord")) return '{"RecordId":"r","Encrypted":true}';
  // Counted without a parse, which would take longer than everything else here: a member of every record.
  let records = 0;
  for (let at = body.indexOf('"Data"'); at >= 0; at = body.indexOf('"Data"', at + 1)) records++;
  const responses = Array.from({ length: records }, () => '{"RecordId":"r"}').join(",");
  return `{"Encrypted":true,"FailedPutCount":0,"RequestResponses":[${responses}]}`;
}

function answer(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(text),
    "x-amzn-requestid": "00000000-0000-0000-0000-000000000000",
    "x-amz-crc32": String(checksum(text)),
  });
  response.end(text);
}

/** Checksums by text: the same few answers are sent over and over. */
const checksums = new Map<string, number>();

function checksum(text: string): number {
  let found = checksums.get(text);
  if (found === undefined) {
    found = crc32(text);
    checksums.set(text, found);
  }
  return found;
}
