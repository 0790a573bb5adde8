// botocore 1.44.8, data/sns/2010-03-31/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AddPermission: AddPermissionInput;
  readonly CheckIfPhoneNumberIsOptedOut: CheckIfPhoneNumberIsOptedOutInput;
  readonly ConfirmSubscription: ConfirmSubscriptionInput;
  readonly CreatePlatformApplication: CreatePlatformApplicationInput;
  readonly CreatePlatformEndpoint: CreatePlatformEndpointInput;
  readonly CreateSMSSandboxPhoneNumber: CreateSMSSandboxPhoneNumberInput;
  readonly CreateTopic: CreateTopicInput;
  readonly DeleteEndpoint: DeleteEndpointInput;
  readonly DeletePlatformApplication: DeletePlatformApplicationInput;
  readonly DeleteSMSSandboxPhoneNumber: DeleteSMSSandboxPhoneNumberInput;
  readonly DeleteTopic: DeleteTopicInput;
  readonly GetDataProtectionPolicy: GetDataProtectionPolicyInput;
  readonly GetEndpointAttributes: GetEndpointAttributesInput;
  readonly GetPlatformApplicationAttributes: GetPlatformApplicationAttributesInput;
  readonly GetSMSAttributes: GetSMSAttributesInput;
  readonly GetSMSSandboxAccountStatus: GetSMSSandboxAccountStatusInput;
  readonly GetSubscriptionAttributes: GetSubscriptionAttributesInput;
  readonly GetTopicAttributes: GetTopicAttributesInput;
  readonly ListEndpointsByPlatformApplication: ListEndpointsByPlatformApplicationInput;
  readonly ListOriginationNumbers: ListOriginationNumbersRequest;
  readonly ListPhoneNumbersOptedOut: ListPhoneNumbersOptedOutInput;
  readonly ListPlatformApplications: ListPlatformApplicationsInput;
  readonly ListSMSSandboxPhoneNumbers: ListSMSSandboxPhoneNumbersInput;
  readonly ListSubscriptions: ListSubscriptionsInput;
  readonly ListSubscriptionsByTopic: ListSubscriptionsByTopicInput;
  readonly ListTagsForResource: ListTagsForResourceRequest;
  readonly ListTopics: ListTopicsInput;
  readonly OptInPhoneNumber: OptInPhoneNumberInput;
  readonly Publish: PublishInput;
  readonly PublishBatch: PublishBatchInput;
  readonly PutDataProtectionPolicy: PutDataProtectionPolicyInput;
  readonly RemovePermission: RemovePermissionInput;
  readonly SetEndpointAttributes: SetEndpointAttributesInput;
  readonly SetPlatformApplicationAttributes: SetPlatformApplicationAttributesInput;
  readonly SetSMSAttributes: SetSMSAttributesInput;
  readonly SetSubscriptionAttributes: SetSubscriptionAttributesInput;
  readonly SetTopicAttributes: SetTopicAttributesInput;
  readonly Subscribe: SubscribeInput;
  readonly TagResource: TagResourceRequest;
  readonly Unsubscribe: UnsubscribeInput;
  readonly UntagResource: UntagResourceRequest;
  readonly VerifySMSSandboxPhoneNumber: VerifySMSSandboxPhoneNumberInput;
}

export interface AddPermissionInput {
  readonly TopicArn: string;
  readonly Label: string;
  readonly AWSAccountId: readonly string[];
  readonly ActionName: readonly string[];
}

export interface CheckIfPhoneNumberIsOptedOutInput {
  readonly phoneNumber: string;
}

export interface ConfirmSubscriptionInput {
  readonly TopicArn: string;
  readonly Token: string;
  readonly AuthenticateOnUnsubscribe?: string;
}

export interface CreatePlatformApplicationInput {
  readonly Name: string;
  readonly Platform: string;
  readonly Attributes: { readonly [key: string]: string };
}

export interface CreatePlatformEndpointInput {
  readonly PlatformApplicationArn: string;
  readonly Token: string;
  readonly CustomUserData?: string;
  readonly Attributes?: { readonly [key: string]: string };
}

export interface CreateSMSSandboxPhoneNumberInput {
  readonly PhoneNumber: string;
  readonly LanguageCode?: "en-US" | "en-GB" | "es-419" | "es-ES" | "de-DE" | "fr-CA" | "fr-FR" | "it-IT" | "ja-JP" | "pt-BR" | "kr-KR" | "zh-CN" | "zh-TW";
}

export interface CreateTopicInput {
  readonly Name: string;
  readonly Attributes?: { readonly [key: string]: string };
  readonly Tags?: readonly Tag[];
  readonly DataProtectionPolicy?: string;
}

export interface DeleteEndpointInput {
  readonly EndpointArn: string;
}

export interface DeletePlatformApplicationInput {
  readonly PlatformApplicationArn: string;
}

export interface DeleteSMSSandboxPhoneNumberInput {
  readonly PhoneNumber: string;
}

export interface DeleteTopicInput {
  readonly TopicArn: string;
}

export interface GetDataProtectionPolicyInput {
  readonly ResourceArn: string;
}

export interface GetEndpointAttributesInput {
  readonly EndpointArn: string;
}

export interface GetPlatformApplicationAttributesInput {
  readonly PlatformApplicationArn: string;
}

export interface GetSMSAttributesInput {
  readonly attributes?: readonly string[];
}

export interface GetSMSSandboxAccountStatusInput {

}

export interface GetSubscriptionAttributesInput {
  readonly SubscriptionArn: string;
}

export interface GetTopicAttributesInput {
  readonly TopicArn: string;
}

export interface ListEndpointsByPlatformApplicationInput {
  readonly PlatformApplicationArn: string;
  readonly NextToken?: string;
}

export interface ListOriginationNumbersRequest {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface ListPhoneNumbersOptedOutInput {
  readonly nextToken?: string;
}

export interface ListPlatformApplicationsInput {
  readonly NextToken?: string;
}

export interface ListSMSSandboxPhoneNumbersInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface ListSubscriptionsByTopicInput {
  readonly TopicArn: string;
  readonly NextToken?: string;
}

export interface ListSubscriptionsInput {
  readonly NextToken?: string;
}

export interface ListTagsForResourceRequest {
  readonly ResourceArn: string;
}

export interface ListTopicsInput {
  readonly NextToken?: string;
}

export interface MessageAttributeValue {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export interface OptInPhoneNumberInput {
  readonly phoneNumber: string;
}

export interface PublishBatchInput {
  readonly TopicArn: string;
  readonly PublishBatchRequestEntries: readonly PublishBatchRequestEntry[];
}

export interface PublishBatchRequestEntry {
  readonly Id: string;
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: { readonly [key: string]: MessageAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

export interface PublishInput {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly PhoneNumber?: string;
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: { readonly [key: string]: MessageAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

export interface PutDataProtectionPolicyInput {
  readonly ResourceArn: string;
  readonly DataProtectionPolicy: string;
}

export interface RemovePermissionInput {
  readonly TopicArn: string;
  readonly Label: string;
}

export interface SetEndpointAttributesInput {
  readonly EndpointArn: string;
  readonly Attributes: { readonly [key: string]: string };
}

export interface SetPlatformApplicationAttributesInput {
  readonly PlatformApplicationArn: string;
  readonly Attributes: { readonly [key: string]: string };
}

export interface SetSMSAttributesInput {
  readonly attributes: { readonly [key: string]: string };
}

export interface SetSubscriptionAttributesInput {
  readonly SubscriptionArn: string;
  readonly AttributeName: string;
  readonly AttributeValue?: string;
}

export interface SetTopicAttributesInput {
  readonly TopicArn: string;
  readonly AttributeName: string;
  readonly AttributeValue?: string;
}

export interface SubscribeInput {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly Attributes?: { readonly [key: string]: string };
  readonly ReturnSubscriptionArn?: boolean;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagResourceRequest {
  readonly ResourceArn: string;
  readonly Tags: readonly Tag[];
}

export interface UnsubscribeInput {
  readonly SubscriptionArn: string;
}

export interface UntagResourceRequest {
  readonly ResourceArn: string;
  readonly TagKeys: readonly string[];
}

export interface VerifySMSSandboxPhoneNumberInput {
  readonly PhoneNumber: string;
  readonly OneTimePassword: string;
}
