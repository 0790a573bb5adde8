/** How API Gateway assumes the roles of integrations and access logs. */
export const GATEWAY_SESSION = {
  servicePrincipal: "apigateway.amazonaws.com",
  sessionName: "BackplaneAssumeRoleSession",
} as const;
