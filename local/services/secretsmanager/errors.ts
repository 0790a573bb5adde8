import { AwsError } from "../../kernel/errors.ts";

// AWS's words are those that localstack's tests recorded on AWS (2022 to 2026), unless a comment says otherwise.

/** For a request that the state of the secret does not allow. */
export const invalidRequest = (message: string) => new AwsError("InvalidRequestException", message);

/** For a parameter that is invalid by itself or with the others. */
export const invalidParameter = (message: string) => new AwsError("InvalidParameterException", message);

/** For a name or a token that is taken. */
export const alreadyExists = (message: string) => new AwsError("ResourceExistsException", message);

/** For a secret, or a version, that does not exist. @param what such as `secret`. */
export const notFound = (what: string) =>
  new AwsError("ResourceNotFoundException", `Secrets Manager can't find the specified ${what}`);

/** For a token that another value came with, in moto's words. */
export const tokenInUse = (token: string, arn: string) =>
  alreadyExists(
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  );

/** For a missing ClientRequestToken. @param code RotateSecret has another one than the rest. */
export const noToken = (code = "InvalidRequestException") =>
  new AwsError(code, "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
