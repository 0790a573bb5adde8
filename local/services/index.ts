import type { Ports } from "../kernel/ports.ts";
import { apigateway } from "./apigateway/service.ts";
import { cloudwatch } from "./cloudwatch/service.ts";
import { dynamodb } from "./dynamodb/service.ts";
import { dynamodbStreams } from "./dynamodb/streams/service.ts";
import { firehose } from "./firehose/service.ts";
import { iam } from "./iam/service.ts";
import { kinesis } from "./kinesis/service.ts";
import { lambda } from "./lambda/service.ts";
import { logs } from "./logs/service.ts";
import { s3 } from "./s3/service.ts";
import { secretsManager } from "./secretsmanager/service.ts";
import { sns } from "./sns/service.ts";
import { sqs } from "./sqs/service.ts";
import { sts } from "./sts/service.ts";

/** All services of a cloud. They reach each other by the ports alone. */
export function createServices(ports: Ports) {
  const tables = dynamodb(ports);
  return {
    iam: iam(ports),
    sts: sts(ports),
    logs: logs(ports),
    cloudwatch: cloudwatch(ports),
    s3: s3(ports),
    kinesis: kinesis(ports),
    dynamodb: tables,
    dynamodbStreams: dynamodbStreams(tables.store),
    firehose: firehose(ports),
    lambda: lambda(ports),
    secretsmanager: secretsManager(ports),
    sns: sns(ports),
    sqs: sqs(ports),
    apigateway: apigateway(ports),
  };
}

/** The services by their names in code. */
export type Services = ReturnType<typeof createServices>;
