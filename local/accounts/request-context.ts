import type { Clock } from "../kernel/clock.ts";
import type { Principal } from "../kernel/principal.ts";
import type { AuthorizationRequest, Call } from "../kernel/service.ts";
import type { ContextLookup } from "./conditions.ts";

const principalTypes: Readonly<Record<Principal["kind"], string>> = {
  user: "User",
  "assumed-role": "AssumedRole",
  service: "Service",
  anonymous: "Anonymous",
};

/**
 * The condition keys of a request: the service's keys about the request and its caller, then the global ones. Loopback
 * counts as TLS, and every caller's address is 127.0.0.1.
 */
export function requestContext(
  clock: Clock,
  call: Pick<Call, "principal" | "region" | "sourceArn">,
  request: AuthorizationRequest,
  resourceAccountId: string,
): ContextLookup {
  const { principal } = call;
  let own: Map<string, string | readonly string[]> | undefined;
  return (key) => {
    own ??= new Map(
      Object.entries({ ...principal.context, ...request.context }).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const given = own.get(key);
    if (given !== undefined) return given;
    switch (key) {
      case "aws:currenttime":
        return new Date(clock.now()).toISOString();
      case "aws:epochtime":
        return String(Math.floor(clock.now() / 1000));
      case "aws:principalaccount":
        return principal.accountId || undefined;
      case "aws:principalarn":
        return principal.kind === "service" || principal.kind === "anonymous"
          ? undefined
          : (principal.roleArn ?? principal.arn);
      case "aws:principalisawsservice":
        return String(principal.kind === "service");
      case "aws:principalservicename":
        return principal.kind === "service" ? principal.arn : undefined;
      case "aws:principaltype":
        return principalTypes[principal.kind];
      case "aws:requestedregion":
        return call.region;
      case "aws:resourceaccount":
        return resourceAccountId;
      case "aws:securetransport":
        return "true";
      case "aws:sourcearn":
        return call.sourceArn;
      case "aws:sourceaccount":
        return call.sourceArn?.split(":")[4] || undefined;
      // Superseded by aws:SourceAccount, but still in the default policy of an SNS topic.
      case "aws:sourceowner":
        return call.sourceArn?.split(":")[4] || principal.accountId || undefined;
      case "aws:sourceip":
        return "127.0.0.1";
      case "aws:viaawsservice":
        return "false";
      case "aws:userid":
        return principal.userId || undefined;
      case "aws:username":
        return principal.kind === "user" ? principal.arn.split("/").at(-1) : undefined;
      default:
        return undefined;
    }
  };
}
