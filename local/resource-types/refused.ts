import { z } from "zod";

/** A known argument that is refused, with the reason; omitting it is allowed. */
export function refused(reason: string) {
  return z.undefined({ error: `The local cloud does not support this argument: ${reason}.` }).optional();
}
