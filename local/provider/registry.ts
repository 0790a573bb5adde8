import type { ProviderFunction, ResourceType } from "../resource-types/resource-type.ts";
import * as apigateway from "../services/apigateway/resources.ts";
import * as cloudwatch from "../services/cloudwatch/resources.ts";
import * as dynamodb from "../services/dynamodb/resources.ts";
import * as firehose from "../services/firehose/resources.ts";
import * as iam from "../services/iam/resources.ts";
import * as kinesis from "../services/kinesis/resources.ts";
import * as lambda from "../services/lambda/resources.ts";
import * as logs from "../services/logs/resources.ts";
import * as s3 from "../services/s3/resources.ts";
import * as sns from "../services/sns/resources.ts";
import * as sqs from "../services/sqs/resources.ts";
import * as sts from "../services/sts/resources.ts";

const modules = [apigateway, cloudwatch, dynamodb, firehose, iam, kinesis, lambda, logs, s3, sns, sqs, sts];

/** Every resource type that the local cloud has, by token. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  modules.flatMap((module) => module.resourceTypes).map((type) => [type.token, type]),
);

/** Every function (invoke) that the local cloud has, by token. */
export const providerFunctions: ReadonlyMap<string, ProviderFunction> = new Map(
  modules
    .flatMap((module) => module.providerFunctions)
    .map((providerFunction) => [providerFunction.token, providerFunction]),
);
