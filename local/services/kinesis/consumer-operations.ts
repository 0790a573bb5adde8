import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import type { DescribeStreamConsumerInput, Inputs } from "../../wire/models/kinesis.ts";
import { withTags } from "./change-stream.ts";
import { describeConsumer, listConsumers, registerConsumer, requireConsumer, streamArnOf } from "./consumers.ts";
import type { KinesisService } from "./service.ts";

/** The operations on consumers for enhanced fan-out. */
export function consumerOperations(service: KinesisService): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    RegisterStreamConsumer: {
      authorize: (params, call) => [
        ...service.authorize("kinesis:RegisterStreamConsumer", service.arnOf(params, call)),
        ...(params.Tags ? service.authorize("kinesis:TagResource", newConsumerArn(params, call)) : []),
      ],
      run(params, call) {
        const stream = service.require(params.StreamARN);
        const tags = withTags({}, params.Tags ?? {}, `consumer ${params.ConsumerName}`);
        const consumer = registerConsumer(stream, params.ConsumerName, tags, call.clock.now());
        call.note({ stream: stream.name, consumer: consumer.name });
        return { Consumer: describeConsumer(consumer) };
      },
    },
    DeregisterStreamConsumer: {
      authorize: authorizeConsumer("DeregisterStreamConsumer"),
      run(params, call) {
        const { stream, consumer } = find(params, call);
        stream.consumers.delete(consumer.name);
        call.note({ stream: stream.name, consumer: consumer.name });
      },
    },
    DescribeStreamConsumer: {
      authorize: authorizeConsumer("DescribeStreamConsumer"),
      run(params, call) {
        const { stream, consumer } = find(params, call);
        return { ConsumerDescription: { ...describeConsumer(consumer), StreamARN: stream.arn } };
      },
    },
    ListStreamConsumers: {
      authorize: (params, call) => service.authorize("kinesis:ListStreamConsumers", service.arnOf(params, call)),
      run: (params) => listConsumers(service.require(params.StreamARN), params),
    },
  });

  /** IAM is asked about the consumer; about its name where there is none. */
  function authorizeConsumer(action: string) {
    return (params: DescribeStreamConsumerInput, call: Call) => {
      const stream = service.find(streamArn(params, call));
      const consumer = stream?.consumers.get(params.ConsumerName ?? "");
      const arn = params.ConsumerARN ?? consumer?.arn ?? newConsumerArn(params, call);
      return service.authorize(`kinesis:${action}`, arn);
    };
  }

  function find(params: DescribeStreamConsumerInput, call: Call) {
    const stream = service.require(streamArn(params, call));
    return { stream, consumer: requireConsumer(stream, { name: params.ConsumerName, arn: params.ConsumerARN }) };
  }

  function streamArn({ StreamARN, ConsumerName, ConsumerARN }: DescribeStreamConsumerInput, call: Call): string {
    const isNamed = StreamARN !== undefined && ConsumerName !== undefined;
    const arn = ConsumerARN === undefined ? StreamARN : streamArnOf(ConsumerARN);
    if (arn === undefined || (ConsumerARN === undefined && !isNamed)) {
      throw new AwsError(
        "InvalidArgumentException",
        "Either ConsumerARN, or both StreamARN and ConsumerName must be given.",
      );
    }
    if (StreamARN !== undefined && StreamARN !== arn) {
      throw new AwsError("InvalidArgumentException", `ConsumerARN ${ConsumerARN} is not of the stream ${StreamARN}.`);
    }
    return service.arnOf({ StreamARN: arn }, call);
  }

  function newConsumerArn(params: DescribeStreamConsumerInput, call: Call): string {
    const seconds = Math.floor(call.clock.now() / 1000);
    return `${params.StreamARN}/consumer/${params.ConsumerName}:${seconds}`;
  }
}
