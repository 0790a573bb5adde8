import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { NO_OWN_RETRIES, REQUEST_LIMITS } from "../../shared/client-settings.ts";
import type { DeliveryStream } from "../ports.ts";

/**
 * Delivers to one Firehose delivery stream, with a client of its own. PutRecordBatch answers 200 even with FailedPutCount > 0; its entries are
 * in the order of the records. If count and entries disagree, no record counts as delivered.
 */
export function openFirehoseDeliveryStream(deliveryStreamName: string): DeliveryStream {
  const client = new FirehoseClient({ logger: undefined, requestHandler: REQUEST_LIMITS, ...NO_OWN_RETRIES });
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
