import type { AwsError } from "../../kernel/errors.ts";
import type { Dialect, Violation } from "../../wire/dialect.ts";
import { modelWire } from "../../wire/model-wire.ts";
import { invalidParameter } from "./errors.ts";

/**
 * SNS says in its own words that a parameter is missing; of what is inside one it says it as AWS does (both recorded on
 * AWS, 08-2025).
 */
const dialect: Dialect = { refusal: ([first]) => first && refusal(first) };

function refusal({ path, constraint, shape }: Violation): AwsError | undefined {
  return constraint === "required" && path.length === 1 && shape.type === "string"
    ? invalidParameter(`${path[0]} Reason: no value for required parameter`)
    : undefined;
}

/** AWS Query; topics are standard topics. */
export const wire = modelWire("sns", {
  dialect,
  unsupported: ["*.MessageDeduplicationId", "*.MessageGroupId", "*.MessageStructure", "PublishInput.PhoneNumber"],
});
