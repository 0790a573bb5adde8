/** AWS's message for an invalid base64 string; undefined for a valid one. */
export function base64Problem(text: string): string | undefined {
  if (text.length % 4 !== 0) {
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`;
  }
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text) && !hasLooseBits(text)) return undefined;
  const character = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(text)?.[0];
  return character === undefined
    ? "Invalid last non-pad Base64 character dectected"
    : `Invalid Base64 character: '${character}'`;
}

/** Whether the last character before the padding has bits that belong to no byte. */
function hasLooseBits(text: string): boolean {
  if (!text.endsWith("=")) return false;
  const end = text.slice(-4);
  return Buffer.from(end, "base64").toString("base64") !== end;
}
