/** Number of bytes that a base64 text encodes, without decoding it. */
export function base64Bytes(text: string): number {
  const { length } = text;
  const padding = text.charCodeAt(length - 1) === 61 ? (text.charCodeAt(length - 2) === 61 ? 2 : 1) : 0;
  return (length / 4) * 3 - padding;
}
