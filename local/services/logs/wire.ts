import { AwsError } from "../../kernel/errors.ts";
import type { Dialect } from "../../wire/dialect.ts";
import { modelWire } from "../../wire/model-wire.ts";

const NAMES: readonly unknown[] = ["logGroupName", "logStreamName"];

/** CloudWatch Logs' own error code, and its own words for names that are too long (both recorded on AWS, 02-2026). */
const dialect: Dialect = {
  code: "InvalidParameterException",
  refusal: ([first, ...more]) =>
    first?.constraint === "length" && NAMES.includes(first.path[0]) && more.length === 0 && first.value !== ""
      ? new AwsError(
          "InvalidParameterException",
          "Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
        )
      : undefined,
};

/** JSON 1.1. Results of queries, which may have a key of their own, are not kept here. */
export const wire = modelWire("logs", {
  dialect,
  unsupported: [
    "*.logGroupClass",
    "*.resourceIdentifier",
    "*.unmask",
    "CreateLogGroupRequest.deletionProtectionEnabled",
    "DescribeLogGroupsRequest.accountIdentifiers",
    "DescribeLogGroupsRequest.includeLinkedAccounts",
    "DescribeLogGroupsRequest.logGroupIdentifiers",
    "FilterLogEventsRequest.startFromHead",
    "PutLogEventsRequest.entity",
  ],
});
