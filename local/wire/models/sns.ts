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

export type AddPermissionInput = {
  readonly TopicArn: string;
  readonly Label: string;
  readonly AWSAccountId: readonly string[];
  readonly ActionName: readonly string[];
};

export type CheckIfPhoneNumberIsOptedOutInput = {
  readonly phoneNumber: string;
};

export type ConfirmSubscriptionInput = {
  readonly TopicArn: string;
  readonly Token: string;
  readonly AuthenticateOnUnsubscribe?: string;
};

export type CreatePlatformApplicationInput = {
  readonly Name: string;
  readonly Platform: string;
  readonly Attributes: { readonly [key: string]: string };
};

export type CreatePlatformEndpointInput = {
  readonly PlatformApplicationArn: string;
  readonly Token: string;
  readonly CustomUserData?: string;
  readonly Attributes?: { readonly [key: string]: string };
};

export type CreateSMSSandboxPhoneNumberInput = {
  readonly PhoneNumber: string;
  readonly LanguageCode?: "en-US" | "en-GB" | "es-419" | "es-ES" | "de-DE" | "fr-CA" | "fr-FR" | "it-IT" | "ja-JP" | "pt-BR" | "kr-KR" | "zh-CN" | "zh-TW";
};

export type CreateTopicInput = {
  readonly Name: string;
  readonly Attributes?: { readonly [key: string]: string };
  readonly Tags?: readonly Tag[];
  readonly DataProtectionPolicy?: string;
};

export type DeleteEndpointInput = {
  readonly EndpointArn: string;
};

export type DeletePlatformApplicationInput = {
  readonly PlatformApplicationArn: string;
};

export type DeleteSMSSandboxPhoneNumberInput = {
  readonly PhoneNumber: string;
};

export type DeleteTopicInput = {
  readonly TopicArn: string;
};

export type GetDataProtectionPolicyInput = {
  readonly ResourceArn: string;
};

export type GetEndpointAttributesInput = {
  readonly EndpointArn: string;
};

export type GetPlatformApplicationAttributesInput = {
  readonly PlatformApplicationArn: string;
};

export type GetSMSAttributesInput = {
  readonly attributes?: readonly string[];
};

export type GetSMSSandboxAccountStatusInput = {

};

export type GetSubscriptionAttributesInput = {
  readonly SubscriptionArn: string;
};

export type GetTopicAttributesInput = {
  readonly TopicArn: string;
};

export type ListEndpointsByPlatformApplicationInput = {
  readonly PlatformApplicationArn: string;
  readonly NextToken?: string;
};

export type ListOriginationNumbersRequest = {
  readonly NextToken?: string;
  readonly MaxResults?: number;
};

export type ListPhoneNumbersOptedOutInput = {
  readonly nextToken?: string;
};

export type ListPlatformApplicationsInput = {
  readonly NextToken?: string;
};

export type ListSMSSandboxPhoneNumbersInput = {
  readonly NextToken?: string;
  readonly MaxResults?: number;
};

export type ListSubscriptionsByTopicInput = {
  readonly TopicArn: string;
  readonly NextToken?: string;
};

export type ListSubscriptionsInput = {
  readonly NextToken?: string;
};

export type ListTagsForResourceRequest = {
  readonly ResourceArn: string;
};

export type ListTopicsInput = {
  readonly NextToken?: string;
};

export type MessageAttributeValue = {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
};

export type OptInPhoneNumberInput = {
  readonly phoneNumber: string;
};

export type PublishBatchInput = {
  readonly TopicArn: string;
  readonly PublishBatchRequestEntries: readonly PublishBatchRequestEntry[];
};

export type PublishBatchRequestEntry = {
  readonly Id: string;
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: { readonly [key: string]: MessageAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
};

export type PublishInput = {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly PhoneNumber?: string;
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: { readonly [key: string]: MessageAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
};

export type PutDataProtectionPolicyInput = {
  readonly ResourceArn: string;
  readonly DataProtectionPolicy: string;
};

export type RemovePermissionInput = {
  readonly TopicArn: string;
  readonly Label: string;
};

export type SetEndpointAttributesInput = {
  readonly EndpointArn: string;
  readonly Attributes: { readonly [key: string]: string };
};

export type SetPlatformApplicationAttributesInput = {
  readonly PlatformApplicationArn: string;
  readonly Attributes: { readonly [key: string]: string };
};

export type SetSMSAttributesInput = {
  readonly attributes: { readonly [key: string]: string };
};

export type SetSubscriptionAttributesInput = {
  readonly SubscriptionArn: string;
  readonly AttributeName: string;
  readonly AttributeValue?: string;
};

export type SetTopicAttributesInput = {
  readonly TopicArn: string;
  readonly AttributeName: string;
  readonly AttributeValue?: string;
};

export type SubscribeInput = {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly Attributes?: { readonly [key: string]: string };
  readonly ReturnSubscriptionArn?: boolean;
};

export type Tag = {
  readonly Key: string;
  readonly Value: string;
};

export type TagResourceRequest = {
  readonly ResourceArn: string;
  readonly Tags: readonly Tag[];
};

export type UnsubscribeInput = {
  readonly SubscriptionArn: string;
};

export type UntagResourceRequest = {
  readonly ResourceArn: string;
  readonly TagKeys: readonly string[];
};

export type VerifySMSSandboxPhoneNumberInput = {
  readonly PhoneNumber: string;
  readonly OneTimePassword: string;
};
