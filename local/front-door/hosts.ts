/**
 * A host that is this machine, whoever resolves it: a loopback address, `localhost`, or a bucket's name before it. With
 * or without a port.
 */
const OWN_HOST = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9][a-z0-9.-]*\.)?localhost)(?::\d{1,5})?$/i;

/** The hosts that clients may use, as a refusal says them. */
export const OWN_HOSTS = "127.0.0.1, localhost, [::1] and <bucket>.localhost, with any port";

/**
 * Whether a request's host is one that the cloud hands out. A page of another site can make its own name point to
 * 127.0.0.1 (DNS rebinding): its
 * requests then come with that name.
 * @param headers those of HTTP/1.1, or of HTTP/2 with `:authority`; all that say a host must say a good one, and one of
 * them must.
 */
export function isOwnHost(headers: Readonly<Record<string, string>>): boolean {
  const hosts = [headers["host"], headers[":authority"]].filter((host) => host !== undefined);
  return hosts.length > 0 && hosts.every((host) => OWN_HOST.test(host));
}
