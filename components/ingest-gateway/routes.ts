import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../aws/arn.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { batchModel, eventModel } from "./models.ts";
import { failedAnswer, putRecordAnswer, putRecordsAnswer, refusedAnswer } from "./templates/answers.ts";
import type { PartitionKey } from "./templates/partition-key.ts";
import { putEnvelopeTemplate, putLinesTemplate, putRecordTemplate } from "./templates/requests.ts";

/** One answer of an integration: the service's statuses that it is for, and the client's status and body. */
export interface RouteAnswer {
  readonly statusCode: string;
  /** Regular expression over the service's HTTP status; the answer without one is for all others. */
  readonly selectionPattern?: string;
  readonly template: pulumi.Input<string>;
}

/** A call to an AWS action. Other kinds of integration come with other routes. */
export interface ActionIntegration {
  /** `arn:<partition>:apigateway:<region>:<service>:action/<action>`. */
  readonly uri: pulumi.Input<string>;
  /** The permission that the gateway's role needs for it. */
  readonly permission: PolicyStatement;
  /** Content type that the service's protocol wants. */
  readonly contentType: string;
  /** By the request's content type; any other is a 415. */
  readonly requestTemplates: Readonly<Record<string, pulumi.Input<string>>>;
}

/** One route as data, complete for API Gateway. */
export interface Route {
  /** Part of the children's names, such as `events-batch`. */
  readonly name: string;
  /** Such as `["events", "batch"]`. */
  readonly path: readonly string[];
  readonly httpMethod: string;
  /** By content type: name and JSON schema of the model that validates the body. */
  readonly models: Readonly<Record<string, { readonly name: string; readonly schema: string }>>;
  readonly integration: ActionIntegration;
  readonly answers: readonly RouteAnswer[];
}

/** Inputs of the Kinesis routes. */
export interface EventRoutesInput {
  readonly streamName: pulumi.Input<string>;
  readonly streamArn: pulumi.Input<string>;
  readonly recordSizeKiB: pulumi.Input<number>;
  readonly partitionKey: PartitionKey;
  /**
   * Whether anyone may send. Then `text/plain` counts as JSON: a page that is being left can send no other type
   * (`navigator.sendBeacon`).
   */
  readonly isPublic: boolean;
}

const JSON_TYPE = "application/json";
/** The type of a string in `navigator.sendBeacon`; any other type would need a preflight, and it can set no header. */
const BEACON_TYPE = "text/plain";
/** Content type of JSON Lines. */
export const JSON_LINES_TYPE = "application/x-ndjson";
const KINESIS_CONTENT_TYPE = "application/x-amz-json-1.1";

/** The routes into a Kinesis stream: one event, and a batch as an envelope or as JSON Lines. */
export function eventRoutes(input: EventRoutesInput): readonly Route[] {
  const { partitionKey } = input;
  const asJson = <T>(value: T): Record<string, T> => ({
    [JSON_TYPE]: value,
    ...(input.isPublic ? { [BEACON_TYPE]: value } : {}),
  });
  const fromName = (template: (streamName: string, key: PartitionKey) => string) =>
    pulumi.output(input.streamName).apply((streamName) => template(streamName, partitionKey));
  const action = (name: string) => ({
    uri: pulumi.output(input.streamArn).apply((arn) => {
      const { partition, region } = parseArn(arn);
      return `arn:${partition}:apigateway:${region}:kinesis:action/${name}`;
    }),
    permission: { sid: name, actions: [`kinesis:${name}`], resources: [input.streamArn] },
    contentType: KINESIS_CONTENT_TYPE,
  });
  const answers = (accepted: string): readonly RouteAnswer[] => [
    { statusCode: "200", selectionPattern: "2\\d{2}", template: accepted },
    {
      statusCode: "400",
      selectionPattern: "4\\d{2}",
      template: pulumi.output(input.recordSizeKiB).apply((size) => refusedAnswer(partitionKey, size)),
    },
    { statusCode: "500", template: failedAnswer() },
  ];
  return [
    {
      name: "events",
      path: ["events"],
      httpMethod: "POST",
      models: asJson({ name: "Event", schema: eventModel(partitionKey) }),
      integration: { ...action("PutRecord"), requestTemplates: asJson(fromName(putRecordTemplate)) },
      answers: answers(putRecordAnswer()),
    },
    {
      name: "events-batch",
      path: ["events", "batch"],
      httpMethod: "POST",
      models: asJson({ name: "EventBatch", schema: batchModel(partitionKey) }),
      integration: {
        ...action("PutRecords"),
        requestTemplates: {
          ...asJson(fromName(putEnvelopeTemplate)),
          [JSON_LINES_TYPE]: fromName(putLinesTemplate),
        },
      },
      answers: answers(putRecordsAnswer()),
    },
  ];
}
