import { AwsError } from "../../../../local/kernel/errors.ts";
import type { HttpResponse } from "../../../../local/kernel/service.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { restXmlProtocol } from "../../../../local/services/s3/protocol.ts";
import type { S3Stage } from "./stage.ts";

/** The optional parts of a request to S3. */
export interface WireRequest {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a raw request to S3 as the administrator of the owner's account, for what no SDK sends. */
export async function wire(
  stage: S3Stage,
  method: string,
  address: string,
  { body = "", headers = {} }: WireRequest = {},
): Promise<HttpResponse & { readonly text: string }> {
  const [path = "", query = ""] = address.split("?");
  const answer = await answerOf(stage, {
    method,
    path,
    query,
    headers,
    body: Buffer.from(body),
    sourceIp: "127.0.0.1",
  });
  return { ...answer, text: answer.body.toString() };
}

async function answerOf(stage: S3Stage, request: Parameters<typeof restXmlProtocol.decode>[0]): Promise<HttpResponse> {
  try {
    const { operation, params } = restXmlProtocol.decode(request);
    const output = await stage.call(operation, params as Properties);
    return restXmlProtocol.encode(operation, output, "request", request);
  } catch (error) {
    if (error instanceof AwsError) return restXmlProtocol.encodeError(error, "request", request);
    throw error;
  }
}

/** The text of the first element with this name, still escaped; undefined when there is none. */
export function element(name: string, document: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1];
}
