import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Cloud } from "../../../local/cloud.ts";
import { FrontDoor } from "../../../local/front-door/front-door.ts";
import { ClockMode } from "../../../local/kernel/clock.ts";
import type { Credentials } from "../../../local/kernel/principal.ts";

export const ACCOUNT = "111111111111";
export const MINUTE_MS = 60_000;

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly path?: string;
}

/** What came back, with the error's code and message wherever the service's protocol has them. */
export interface WireAnswer {
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
  readonly headers: Headers;
  readonly text: string;
}

/** When, and with which keys, a request is signed. */
export interface SigningOptions {
  readonly at?: number;
  readonly keys?: Credentials;
}

/** An open front door before a cloud whose clock stands still, and a client that signs for itself. */
export class FrontDoorStage {
  readonly cloud = new Cloud({ clockMode: ClockMode.Manual });
  readonly door = new FrontDoor(this.cloud);
  readonly credentials = this.cloud.accounts.ensure(ACCOUNT).administrator.credentials;
  endpoint = "";
  /** Address and port. */
  host = "";
  port = 0;

  async open(): Promise<this> {
    const { port, endpointUrl } = await this.door.listen();
    this.endpoint = endpointUrl;
    this.port = port;
    this.host = `127.0.0.1:${port}`;
    return this;
  }

  async close(): Promise<void> {
    await this.door.close();
    await this.cloud.close();
  }

  /** What an SDK client is made with. */
  clientConfig() {
    return { endpoint: this.endpoint, region: "us-east-1", credentials: this.credentials, maxAttempts: 1 };
  }

  /** The same request, signed for a service. */
  async sign(service: string, request: WireRequest, options: SigningOptions = {}): Promise<WireRequest> {
    const signer = new SignatureV4({
      service,
      region: "us-east-1",
      credentials: options.keys ?? this.credentials,
      sha256: Sha256,
      uriEscapePath: service !== "s3",
    });
    const { headers } = await signer.sign(
      {
        ...request,
        protocol: "http:",
        hostname: "127.0.0.1",
        port: this.port,
        path: request.path ?? "/",
        query: {},
        headers: { host: this.host, ...request.headers },
      },
      { signingDate: new Date(options.at ?? this.cloud.clock.now()) },
    );
    return { ...request, headers };
  }

  async send(request: WireRequest): Promise<WireAnswer> {
    const { host: _host, ...headers } = request.headers;
    const response = await fetch(`${this.endpoint}${request.path ?? "/"}`, {
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await response.text();
    const json = text.startsWith("{") ? JSON.parse(text) : {};
    return {
      status: response.status,
      code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? json.__type ?? response.headers.get("x-amzn-errortype"),
      message: /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? json.message ?? "",
      headers: response.headers,
      text,
    };
  }
}

/** One small call to a service of each protocol. */
export const calls = {
  logs: (): WireRequest => ({
    method: "POST",
    headers: { "x-amz-target": "Logs_20140328.DescribeLogGroups", "content-type": "application/x-amz-json-1.1" },
    body: "{}",
  }),
  sts: (): WireRequest => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
  }),
  lambda: (): WireRequest => ({ method: "GET", path: "/2015-03-31/functions/", headers: {} }),
  s3: (): WireRequest => ({ method: "GET", headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } }),
};

/** The services that `calls` has. */
export const services = Object.keys(calls) as readonly (keyof typeof calls)[];
