/**
 * A host name of this machine, on any resolver: a loopback address, `localhost`, or a subdomain of it for a bucket;
 * with or without a port.
 */
const OWN_HOST = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9][a-z0-9.-]*\.)?localhost)(?::\d{1,5})?$/i;

/** The hosts that clients may use, in the words of a refusal. */
export const OWN_HOSTS = "127.0.0.1, localhost, [::1] and <bucket>.localhost, with any port";

/**
 * Whether a request's host is one of the cloud's own. A web page can make its own name resolve to 127.0.0.1 (DNS
 * rebinding): its requests then carry that name.
 * @param headers those of HTTP/1.1, or of HTTP/2 with `:authority`; at least one host header is required, and all of
 * them must be allowed.
 */
export function isOwnHost(headers: Readonly<Record<string, string>>): boolean {
  const hosts = [headers["host"], headers[":authority"]].filter((host) => host !== undefined);
  return hosts.length > 0 && hosts.every((host) => OWN_HOST.test(host));
}
