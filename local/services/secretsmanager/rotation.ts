import { AwsError } from "../../kernel/errors.ts";
import { servicePrincipal } from "../../kernel/principal.ts";
import type { RotateSecretRequest } from "../../wire/models/secretsmanager.ts";
import { invalidRequest, noToken } from "./errors.ts";
import { Label, type Secret, type SecretVersion } from "./secret.ts";
import type { SecretsStore } from "./store.ts";

/** User guide, "Rotation by Lambda function". */
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];
const principal = servicePrincipal("secretsmanager.amazonaws.com");

/** A call of a rotation function, on behalf of the secret. */
export function invocation({ accountId, region, arn: sourceArn }: Secret, FunctionName: string, event: object = {}) {
  const params = { FunctionName, Payload: JSON.stringify(event) };
  return { service: "lambda", operation: "Invoke", params, principal, accountId, region, sourceArn };
}

/** Begins a rotation, which goes on in the background, and returns the new version. @throws AwsError if it cannot. */
export function rotate(store: SecretsStore, secret: Secret, request: RotateSecretRequest): SecretVersion {
  // A pending version that is not current: a rotation that has not come to its end.
  const pending = secret.labelled(Label.Pending);
  const unfinished = pending?.labels.has(Label.Current) ? undefined : pending;
  const { ClientRequestToken: token, RotationLambdaARN: functionArn = secret.rotation?.functionArn } = request;
  if (!token) throw noToken("InvalidParameterException");
  if (!functionArn) throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
  if (store.ports.calls.mayCall(invocation(secret, functionArn)).refused.length > 0) {
    throw new AwsError(
      "AccessDeniedException",
      "Secrets Manager cannot invoke the specified Lambda function. " +
        "Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    );
  }
  const version = unfinished ?? secret.put(token, undefined, [Label.Pending]);
  if (!unfinished) secret.rotation = { functionArn };
  begin(store, secret, version, functionArn);
  if (!unfinished) return version;
  throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
}

/** Calls the function step by step until one fails or the secret is gone; the trace has each call and its outcome. */
function begin(store: SecretsStore, secret: Secret, version: SecretVersion, functionArn: string): void {
  const { clock, calls } = store.ports;
  void clock.holding(async () => {
    for (const Step of STEPS) {
      if (store.find(secret.arn) !== secret) return;
      const event = { ClientRequestToken: version.id, SecretId: secret.arn, Step };
      try {
        if ("FunctionError" in ((await calls.call(invocation(secret, functionArn, event))) as object)) return;
      } catch (error) {
        if (error instanceof AwsError) return;
        throw error;
      }
    }
    if (version.labels.has(Label.Current)) secret.rotatedAt = clock.now();
  });
}
