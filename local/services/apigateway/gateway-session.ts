/**
 * The session by which API Gateway assumes the roles of integrations and access logs
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html).
 */
export const GATEWAY_SESSION = {
  servicePrincipal: { name: "apigateway.amazonaws.com", sendsSourceAccount: false },
  sessionName: "BackplaneAssumeRoleSession",
} as const;
