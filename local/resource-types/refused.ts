import { z } from "zod";

/** An argument that is known and refused, with the reason; as long as it is not given, all is well. */
export function refused(reason: string) {
  return z.undefined({ error: `The local cloud does not support this argument: ${reason}.` }).optional();
}
