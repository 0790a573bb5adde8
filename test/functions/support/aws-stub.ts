import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How far a request's time may be from the service's before it is refused. */
const WINDOW_MS = 5 * 60_000;

const LATE = "Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (20260101T001000Z - 5 min.)";

/** How services refuse a request by its time. */
const lateRefusals: Readonly<Record<string, { readonly status: number; readonly body: string }>> = {
  json: {
    status: 400,
    body: `{"__type":"com.amazon.coral.service#InvalidSignatureException","message":"${LATE}"}`,
  },
  PutObject: {
    status: 403,
    body: "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message></Error>",
  },
  AssumeRole: {
    status: 403,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>${LATE}</Message></Error></ErrorResponse>`,
  },
};

/** STS, DynamoDB, Firehose and S3 for the functions' real clients: they take everything, and refuse requests by their time, with their own clock. */
export class AwsStub {
  /** How far the services' clock is ahead of this machine's. */
  aheadMs = 0;
  /** Accepted calls by operation. */
  readonly accepted = new Map<string, number>();
  refused = 0;
  /** Keys of the items that were put. */
  readonly items = new Set<string>();
  readonly objects = new Set<string>();
  readonly #server: Server;
  readonly #before = new Map<string, string | undefined>();

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const target = String(request.headers["x-amz-target"] ?? "");
        const operation = target.split(".")[1] ?? (request.method === "PUT" ? "PutObject" : "AssumeRole");
        const isLate = Math.abs(timeOf(String(request.headers["x-amz-date"])) - this.#now()) > WINDOW_MS;
        if (isLate) this.refused++;
        else this.accepted.set(operation, (this.accepted.get(operation) ?? 0) + 1);
        const { status, body } = isLate
          ? (lateRefusals[operation] ?? lateRefusals["json"]!)
          : { status: 200, body: this.#take(operation, request.url ?? "", Buffer.concat(chunks)) };
        response.writeHead(status, {
          date: new Date(this.#now()).toUTCString(),
          "content-type": body.startsWith("<") ? "text/xml" : "application/x-amz-json-1.1",
        });
        response.end(body);
      });
    });
  }

  /** The variables by which the functions and their clients call here. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIAFUNCTION",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
  }

  /** Listens, and makes every SDK client of this process that is made from now on call here. `close` undoes it. */
  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    for (const [name, value] of Object.entries(this.environment)) {
      this.#before.set(name, process.env[name]);
      process.env[name] = value;
    }
    return this;
  }

  async close(): Promise<void> {
    for (const [name, value] of this.#before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #now(): number {
    return Date.now() + this.aheadMs;
  }

  /** Does one call. @returns the answer's body */
  #take(operation: string, url: string, body: Buffer): string {
    switch (operation) {
      case "BatchWriteItem": {
        const { RequestItems } = JSON.parse(body.toString()) as {
          RequestItems: Record<string, { PutRequest: { Item: { sequenceNumber: { S: string } } } }[]>;
        };
        for (const { PutRequest } of Object.values(RequestItems).flat())
          this.items.add(PutRequest.Item.sequenceNumber.S);
        return '{"UnprocessedItems":{}}';
      }
      case "PutRecordBatch": {
        const { Records } = JSON.parse(body.toString()) as { Records: { Data: string }[] };
        for (const { Data } of Records)
          for (const line of Buffer.from(Data, "base64").toString().split("\n").slice(0, -1))
            this.items.add((JSON.parse(line) as { eventId: string }).eventId);
        return JSON.stringify({ FailedPutCount: 0, RequestResponses: Records.map(() => ({ RecordId: "r" })) });
      }
      case "PutObject":
        this.objects.add(url);
        return "";
      case "AssumeRole": {
        const expiration = new Date(this.#now() + 3_600_000).toISOString();
        return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
      }
      default:
        throw new Error(`the stub has no ${operation}`);
    }
  }
}

/** The time of `20261121T123456Z`. */
function timeOf(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
