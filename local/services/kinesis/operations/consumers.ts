import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { DescribeStreamConsumerInput, Inputs } from "../../../wire/models/kinesis.ts";
import { consumerArn, streamArnOf } from "../consumer.ts";
import { describeConsumer, listConsumers, registerConsumer, requireConsumer } from "../consumers.ts";
import type { KinesisStore } from "../store.ts";
import { addressedArn } from "../stream-address.ts";
import { withTags } from "../stream-settings.ts";

/** Registering, describing and listing consumers (enhanced fan-out). */
export function consumerOperations(store: KinesisStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    RegisterStreamConsumer: {
      authorize: (params, call) => [
        ...store.authorize("kinesis:RegisterStreamConsumer", addressedArn(params, call)),
        ...(params.Tags ? store.authorize("kinesis:TagResource", newConsumerArn(params, call)) : []),
      ],
      run(params, call) {
        const stream = store.require(params.StreamARN);
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
      authorize: (params, call) => store.authorize("kinesis:ListStreamConsumers", addressedArn(params, call)),
      run: (params) => listConsumers(store.require(params.StreamARN), params),
    },
  });

  /** Asks IAM for the consumer; when there is none, for the ARN that its name would have now. */
  function authorizeConsumer(action: string) {
    return (params: DescribeStreamConsumerInput, call: Call) => {
      const stream = store.find(streamArn(params, call));
      const consumer = stream?.consumers.get(params.ConsumerName ?? "");
      const arn = params.ConsumerARN ?? consumer?.arn ?? newConsumerArn(params, call);
      return store.authorize(`kinesis:${action}`, arn);
    };
  }

  function find(params: DescribeStreamConsumerInput, call: Call) {
    const stream = store.require(streamArn(params, call));
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
    return addressedArn({ StreamARN: arn }, call);
  }

  function newConsumerArn(params: DescribeStreamConsumerInput, call: Call): string {
    return consumerArn(params.StreamARN ?? "", params.ConsumerName ?? "", call.clock.now());
  }
}
