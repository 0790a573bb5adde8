// botocore 1.44.8, data/sts/2011-06-15/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AssumeRole: AssumeRoleRequest;
  readonly AssumeRoleWithSAML: AssumeRoleWithSAMLRequest;
  readonly AssumeRoleWithWebIdentity: AssumeRoleWithWebIdentityRequest;
  readonly AssumeRoot: AssumeRootRequest;
  readonly DecodeAuthorizationMessage: DecodeAuthorizationMessageRequest;
  readonly GetAccessKeyInfo: GetAccessKeyInfoRequest;
  readonly GetCallerIdentity: GetCallerIdentityRequest;
  readonly GetDelegatedAccessToken: GetDelegatedAccessTokenRequest;
  readonly GetFederationToken: GetFederationTokenRequest;
  readonly GetScopedCredentials: GetScopedCredentialsRequest;
  readonly GetSessionToken: GetSessionTokenRequest;
  readonly GetWebIdentityToken: GetWebIdentityTokenRequest;
}

export type AssumeRoleRequest = {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly PolicyArns?: readonly PolicyDescriptorType[];
  readonly Policy?: string;
  readonly DurationSeconds?: number;
  readonly Tags?: readonly Tag[];
  readonly TransitiveTagKeys?: readonly string[];
  readonly ExternalId?: string;
  readonly SerialNumber?: string;
  readonly TokenCode?: string;
  readonly SourceIdentity?: string;
  readonly ProvidedContexts?: readonly ProvidedContext[];
  readonly MinimumSessionTokenSize?: number;
};

export type AssumeRoleWithSAMLRequest = {
  readonly RoleArn: string;
  readonly PrincipalArn: string;
  readonly SAMLAssertion: string;
  readonly PolicyArns?: readonly PolicyDescriptorType[];
  readonly Policy?: string;
  readonly DurationSeconds?: number;
  readonly MinimumSessionTokenSize?: number;
};

export type AssumeRoleWithWebIdentityRequest = {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly WebIdentityToken: string;
  readonly ProviderId?: string;
  readonly PolicyArns?: readonly PolicyDescriptorType[];
  readonly Policy?: string;
  readonly DurationSeconds?: number;
  readonly MinimumSessionTokenSize?: number;
};

export type AssumeRootRequest = {
  readonly TargetPrincipal: string;
  readonly TaskPolicyArn: PolicyDescriptorType;
  readonly DurationSeconds?: number;
  readonly MinimumSessionTokenSize?: number;
};

export type DecodeAuthorizationMessageRequest = {
  readonly EncodedMessage: string;
};

export type GetAccessKeyInfoRequest = {
  readonly AccessKeyId: string;
};

export type GetCallerIdentityRequest = {

};

export type GetDelegatedAccessTokenRequest = {
  readonly TradeInToken: string;
};

export type GetFederationTokenRequest = {
  readonly Name: string;
  readonly Policy?: string;
  readonly PolicyArns?: readonly PolicyDescriptorType[];
  readonly DurationSeconds?: number;
  readonly Tags?: readonly Tag[];
  readonly MinimumSessionTokenSize?: number;
};

export type GetScopedCredentialsRequest = {
  readonly Policy?: string;
  readonly DurationSeconds?: number;
  readonly MinimumSessionTokenSize?: number;
  readonly ScopedSessionDescription?: string;
};

export type GetSessionTokenRequest = {
  readonly DurationSeconds?: number;
  readonly SerialNumber?: string;
  readonly TokenCode?: string;
  readonly MinimumSessionTokenSize?: number;
};

export type GetWebIdentityTokenRequest = {
  readonly Audience: readonly string[];
  readonly DurationSeconds?: number;
  readonly SigningAlgorithm: string;
  readonly Scope?: string;
  readonly SubjectMode?: "AWSIdentity" | "OriginIdentity";
  readonly Tags?: readonly Tag[];
};

export type PolicyDescriptorType = {
  readonly arn?: string;
};

export type ProvidedContext = {
  readonly ProviderArn?: string;
  readonly ContextAssertion?: string;
};

export type Tag = {
  readonly Key: string;
  readonly Value: string;
};
