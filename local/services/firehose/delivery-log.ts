import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { DeliveryStream } from "./delivery-stream.ts";

/** Error codes in Firehose's log, by the code of the call that failed. */
const errorCodes: Readonly<Record<string, string>> = {
  AccessDenied: "S3.AccessDenied",
  NoSuchBucket: "S3.NoSuchBucket",
};

/** Writes failed deliveries to the configured log group and stream, as the delivery role. */
export class DeliveryLog {
  readonly #ports: Ports;
  readonly #stream: DeliveryStream;

  constructor(ports: Ports, stream: DeliveryStream) {
    this.#ports = ports;
    this.#stream = stream;
  }

  /**
   * Writes one failed delivery.
   * @param droppedRecords given when this failure drops the data.
   */
  async write(error: AwsError, droppedRecords?: number): Promise<void> {
    const { cloudwatchLoggingOptions, bucketArn } = this.#stream.destination;
    const { enabled, logGroupName, logStreamName } = cloudwatchLoggingOptions;
    if (!enabled || !logGroupName || !logStreamName) return;
    const message = {
      deliveryStreamARN: this.#stream.arn,
      destination: bucketArn,
      deliveryStreamVersionId: this.#stream.version,
      message:
        droppedRecords === undefined
          ? error.message
          : `${error.message} Retried for 24 hours: ${droppedRecords} records are dropped.`,
      errorCode: errorCodes[error.code] ?? `S3.${error.code}`,
    };
    try {
      await this.#ports.calls.call({
        service: "logs",
        operation: "PutLogEvents",
        params: {
          logGroupName,
          logStreamName,
          logEvents: [{ timestamp: Math.floor(this.#ports.clock.now()), message: JSON.stringify(message) }],
        },
        principal: this.#stream.assumeRole(),
        region: this.#stream.region,
      });
    } catch (refusal) {
      // Without a role or its permission there is no log, as on AWS; trace and metrics still show the failure.
      if (!(refusal instanceof AwsError)) throw refusal;
    }
  }
}
