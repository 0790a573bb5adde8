import type { Environment } from "../../../shared/environment.ts";
import type { Endpoint } from "./endpoint.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/**
 * The variable by which other clients would call an endpoint through a proxy, such as HTTPS_PROXY; undefined when there
 * is none, the endpoint is on this machine, or NO_PROXY excepts it.
 */
export function proxyFor({ isSecure, hostname, port }: Endpoint, environment: Environment): string | undefined {
  const names = isSecure ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"];
  const name = [...names, "ALL_PROXY", "all_proxy"].find((each) => environment[each]);
  if (name === undefined || LOOPBACK.test(hostname)) return undefined;
  const exceptions = (environment["NO_PROXY"] || environment["no_proxy"] || "").split(/[\s,]+/);
  return exceptions.some((exception) => isExcepted(exception.toLowerCase(), hostname, port)) ? undefined : name;
}

/** An exception is `*`, or a domain with all below it, and maybe a port. */
function isExcepted(exception: string, hostname: string, port: number): boolean {
  const [, domain = "", onlyPort] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (exception === "" || (onlyPort !== undefined && Number(onlyPort) !== port)) return false;
  return domain === "*" || hostname === domain || (domain !== "" && hostname.endsWith(`.${domain}`));
}
