import type { Cloud } from "../cloud.ts";
import { ApiGatewayService } from "./apigateway/service.ts";
import { CloudWatchService } from "./cloudwatch/service.ts";
import { DynamoDbService } from "./dynamodb/service.ts";
import { DynamoDbStreamsService } from "./dynamodb/streams/service.ts";
import { FirehoseService } from "./firehose/service.ts";
import { IamService } from "./iam/service.ts";
import { KinesisService } from "./kinesis/service.ts";
import { LambdaService } from "./lambda/service.ts";
import { LogsService } from "./logs/service.ts";
import { S3Service } from "./s3/service.ts";
import { SnsService } from "./sns/service.ts";
import { SqsService } from "./sqs/service.ts";
import { StsService } from "./sts/service.ts";

/** All services of a cloud. They reach each other's front through `cloud.call`, as AWS's do, and only what AWS hides (metering, wake-ups) directly. */
export function createServices(cloud: Cloud) {
  return {
    iam: new IamService(cloud),
    sts: new StsService(cloud),
    logs: new LogsService(cloud),
    cloudwatch: new CloudWatchService(cloud),
    s3: new S3Service(cloud),
    kinesis: new KinesisService(cloud),
    dynamodb: new DynamoDbService(cloud),
    dynamodbStreams: new DynamoDbStreamsService(cloud),
    firehose: new FirehoseService(cloud),
    lambda: new LambdaService(cloud),
    sns: new SnsService(cloud),
    sqs: new SqsService(cloud),
    apigateway: new ApiGatewayService(cloud),
  };
}

export type Services = ReturnType<typeof createServices>;
