import { randomUUID } from "node:crypto";
import { DAY_MS, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import { servicePrincipal } from "../../kernel/principal.ts";
import type { RotateSecretRequest } from "../../wire/models/secretsmanager.ts";
import { invalidRequest, noToken } from "./errors.ts";
import { Label, type Rotation, type Secret, type SecretVersion } from "./secret.ts";
import type { SecretsStore } from "./store.ts";

/** User guide, "Rotation by Lambda function". */
const STEPS: readonly string[] = ["createSecret", "setSecret", "testSecret", "finishSecret"];
const TEST = ["testSecret"];
const principal = servicePrincipal("secretsmanager.amazonaws.com");
const noFunction = () => invalidRequest("No Lambda rotation function ARN is associated with this secret.");

/** A call of a rotation function, on behalf of the secret. */
export function invocation({ accountId, region, arn: sourceArn }: Secret, FunctionName: string, event: object = {}) {
  const params = { FunctionName, Payload: JSON.stringify(event) };
  return { service: "lambda", operation: "Invoke", params, principal, accountId, region, sourceArn };
}

/** Begins a rotation, or the test of one, which goes on in the background. @returns the new version; undefined for a test. */
export function rotate(store: SecretsStore, secret: Secret, request: RotateSecretRequest): SecretVersion | undefined {
  const { ClientRequestToken: token, RotateImmediately: isNow = true, RotationRules: rules } = request;
  const { unfinished, rotation } = secret;
  if (!token) throw noToken("InvalidParameterException");
  const functionArn = request.RotationLambdaARN ?? rotation?.functionArn;
  if (functionArn === undefined) throw noFunction();
  if (store.ports.calls.mayCall(invocation(secret, functionArn)).refused.length > 0) {
    throw new AwsError(
      "AccessDeniedException",
      "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    );
  }
  if (unfinished) {
    begin(store, secret, unfinished, STEPS);
    throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
  }
  const version = secret.put(token, undefined, [Label.Pending], store.ports.clock.now());
  rotation?.next?.timer.cancel();
  secret.rotation = { functionArn, rules: rules ?? rotation?.rules ?? {}, isEnabled: true };
  begin(store, secret, version, isNow ? STEPS : TEST);
  return isNow ? version : undefined;
}

/** Turns rotation off; what is under way comes to its end. */
export function cancelRotation({ rotation }: Secret): void {
  if (!rotation) throw noFunction();
  rotation.next?.timer.cancel();
  rotation.next = undefined;
  rotation.isEnabled = false;
}

/** Calls the function step by step until one fails: each call is in the trace, with what came of it. Then the next rotation is due. */
function begin(store: SecretsStore, secret: Secret, version: SecretVersion, steps: readonly string[]): void {
  const { clock, calls } = store.ports;
  const rotation = secret.rotation as Rotation;
  const invoke = async (Step: string): Promise<boolean> => {
    const event = { ClientRequestToken: version.id, SecretId: secret.arn, Step };
    try {
      return !("FunctionError" in ((await calls.call(invocation(secret, rotation.functionArn, event))) as object));
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  };
  const isGone = () => store.find(secret.arn) !== secret;
  void clock.holding(async () => {
    let isDone = true;
    for (const step of steps) isDone &&= !isGone() && (await invoke(step));
    if (isGone()) return;
    if (steps === TEST) {
      version.labels.delete(Label.Pending);
      if (!version.value) secret.versions.delete(version.id);
    } else if (isDone && version.labels.has(Label.Current)) secret.rotatedAt = clock.now();
    if (secret.rotation === rotation && rotation.isEnabled) schedule(store, secret, rotation);
  });
}

/** A rotation that has not come to its end when the next one is due is tried again instead. */
function schedule(store: SecretsStore, secret: Secret, rotation: Rotation): void {
  const { clock } = store.ports;
  const { AutomaticallyAfterDays: days } = rotation.rules;
  rotation.next?.timer.cancel();
  if (days === undefined) return;
  const timer = clock.setTimer(days * DAY_MS, TimerKind.Other, () => {
    if (secret.deletion) return schedule(store, secret, rotation);
    const version = secret.unfinished ?? secret.put(randomUUID(), undefined, [Label.Pending], clock.now());
    begin(store, secret, version, STEPS);
  });
  rotation.next = { at: clock.now() + days * DAY_MS, timer };
}
