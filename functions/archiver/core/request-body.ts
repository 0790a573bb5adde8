const HEAD_OF_RECORD = '{"Data":"';
const END_OF_RECORD = '"}';
const COMMA = ",";
const END = "]}";

/** The JSON of a PutRecordBatch call: Firehose takes the bytes of a record in base64. */
export function requestBody(deliveryStreamName: string, records: readonly Buffer[]): Buffer {
  const head = `{"DeliveryStreamName":${JSON.stringify(deliveryStreamName)},"Records":[`;
  let size = Buffer.byteLength(head) + END.length + Math.max(0, records.length - 1) * COMMA.length;
  for (const { length } of records) size += HEAD_OF_RECORD.length + Math.ceil(length / 3) * 4 + END_OF_RECORD.length;
  const body = Buffer.allocUnsafe(size);
  let at = body.write(head);
  for (const [index, record] of records.entries()) {
    at += body.write(index === 0 ? HEAD_OF_RECORD : COMMA + HEAD_OF_RECORD, at, "latin1");
    at += body.write(record.toString("base64"), at, "latin1");
    at += body.write(END_OF_RECORD, at, "latin1");
  }
  body.write(END, at, "latin1");
  return body;
}
