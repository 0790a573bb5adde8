import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import { Resource } from "../../kernel/resource.ts";

/** What may change during a topic's life. */
export interface TopicSettings {
  readonly displayName: string;
  readonly kmsMasterKeyId: string | undefined;
  /** How messages say that they are signed; the local cloud has no certificate of AWS's to sign with. */
  readonly signatureVersion: 1 | 2;
  readonly tags: Readonly<Record<string, string>>;
}

/** A queue that a topic delivers to. */
export interface Subscription {
  readonly arn: string;
  readonly accountId: string;
  /** ARN of the queue. */
  readonly endpoint: string;
  /** The message itself rather than a notification around it. */
  isRaw: boolean;
  /** Where what cannot be delivered goes: the text that was given, and the queue's ARN. */
  redrive: { readonly text: string; readonly deadLetterTargetArn: string } | undefined;
}

/** One standard topic. */
export class Topic extends Resource {
  settings: TopicSettings;
  /** Undefined: AWS's default, which lets only the owner's own identities in. */
  policy: AttachedPolicy | undefined;
  /** By ARN. */
  readonly subscriptions = new Map<string, Subscription>();

  constructor({ settings, ...where }: Place & { name: string; settings: TopicSettings }) {
    super({ ...where, arn: arnIn(where, "sns", where.name) });
    this.settings = settings;
  }

  /** The policy as AWS shows it, the default one written out. */
  get policyText(): string {
    return this.policy?.text ?? JSON.stringify(defaultPolicy(this));
  }
}

function defaultPolicy({ arn, accountId }: Topic) {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
  ];
  return {
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  };
}
