import { expect } from "chai";
import { assumeForService } from "../../local/accounts/service-role.ts";
import type { Cloud } from "../../local/cloud.ts";
import type { Credentials, Session } from "../../local/kernel/principal.ts";
import { servicePrincipal } from "./service-principals.ts";
import type { TestSystem } from "./system.ts";

/** Error code and message of a call. */
export interface Refused {
  readonly name: string;
  readonly message: string;
}

/** Settings of an SDK client that calls the system with these keys, without retries. */
export function clientOf(system: Pick<TestSystem, "endpointUrl" | "source">, credentials: Credentials) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    endpoint: system.endpointUrl,
    region: system.source.region,
    maxAttempts: 1,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  };
}

/** The error of a failing call. Throws when the call succeeds. */
export async function refusal(work: Promise<unknown>): Promise<Refused> {
  return work.then(
    () => expect.fail("it was let in"),
    (error: Error) => ({ name: error.name, message: error.message }),
  );
}

/** A session of a function's role, like the function's own. */
export function functionSession(cloud: Cloud, roleArn: string): Session {
  return assumeForService(cloud, {
    roleArn,
    servicePrincipal: servicePrincipal("lambda.amazonaws.com"),
    sessionName: "function",
  });
}

/** Makes a role with one identity policy for a test, and a session of it. `remove` deletes it again. */
export function temporaryRole(
  cloud: Cloud,
  accountId: string,
  role: { readonly name: string; readonly path?: string; readonly trust: unknown; readonly statement?: unknown },
  region = "us-east-1",
): { readonly arn: string; readonly session: Session; remove(): void } {
  const iam = cloud.services.iam.store;
  cloud.accounts.ensure(accountId);
  const made = iam.addRole(
    { accountId, region },
    {
      name: role.name,
      path: role.path ?? "/",
      trustPolicy: { Version: "2012-10-17", Statement: [role.trust] },
      description: "",
      maxSessionDurationSeconds: 3_600,
      tags: {},
    },
  );
  if (role.statement) {
    iam.putRolePolicy(made, "all", { Version: "2012-10-17", Statement: [role.statement] });
  }
  const session = cloud.accounts.issueRoleSession({
    roleArn: made.arn,
    roleId: made.roleId,
    sessionName: "test",
    durationSeconds: 900,
  });
  return {
    arn: made.arn,
    session,
    remove: () => {
      made.removeInlinePolicy("all");
      iam.removeRole(made);
    },
  };
}
