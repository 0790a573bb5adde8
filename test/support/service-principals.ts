import type { ServicePrincipal } from "../../local/kernel/principal.ts";
import { GATEWAY_SESSION } from "../../local/services/apigateway/gateway-session.ts";
import { FIREHOSE_PRINCIPAL } from "../../local/services/firehose/delivery-stream.ts";
import { LAMBDA_PRINCIPAL } from "../../local/services/lambda/execution-role.ts";

/** The principal with which a service of the local cloud assumes roles. @param name such as `lambda.amazonaws.com`. */
export function servicePrincipal(name: string): ServicePrincipal {
  const known = [LAMBDA_PRINCIPAL, FIREHOSE_PRINCIPAL, GATEWAY_SESSION.servicePrincipal];
  const found = known.find((principal) => principal.name === name);
  if (!found) throw new Error(`no service of the local cloud assumes roles as ${name}`);
  return found;
}
