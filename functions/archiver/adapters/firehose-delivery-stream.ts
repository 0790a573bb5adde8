import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { DeliveryStream } from "../ports.ts";

/**
 * Delivers to one Firehose delivery stream. PutRecordBatch answers 200 even with FailedPutCount > 0; its entries are
 * in the order of the records. If count and entries disagree, no record counts as delivered.
 */
export function createFirehoseDeliveryStream(client: FirehoseClient, deliveryStreamName: string): DeliveryStream {
  return {
    async put(records, signal) {
      const command = new PutRecordBatchCommand({
        DeliveryStreamName: deliveryStreamName,
        Records: records.map((Data) => ({ Data })),
      });
      const { FailedPutCount, RequestResponses = [] } = await client.send(command, { abortSignal: signal });
      if (!FailedPutCount) return [];
      const failed = records.flatMap((_, index) => (RequestResponses[index]?.RecordId ? [] : [index]));
      return failed.length === FailedPutCount ? failed : records.map((_, index) => index);
    },
  };
}
