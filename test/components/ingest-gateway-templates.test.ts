import { expect } from "chai";
import {
  failedAnswer,
  putRecordAnswer,
  putRecordsAnswer,
  refusedAnswer,
} from "../../components/ingest-gateway/templates/answers.ts";
import type { PartitionKey } from "../../components/ingest-gateway/templates/partition-key.ts";
import {
  putEnvelopeTemplate,
  putLinesTemplate,
  putRecordTemplate,
} from "../../components/ingest-gateway/templates/requests.ts";
import { type Rendered, render } from "../support/render-template.ts";

const byRequest: PartitionKey = { source: "requestId" };
const byHeader: PartitionKey = { source: "header", header: "X-Partition-Key" };
const byPath: PartitionKey = { source: "bodyPath", path: "user.id" };

/** What a hostile client would try: to end the string, to add members, to run the template language, to break the encoding. */
const HOSTILE = [
  'a"b',
  '","StreamName":"other',
  '\\","ExplicitHashKey":"0',
  "it's \\' and \\\\'",
  "back\\slash\\",
  "new\nline\r\ttab",
  "\u0000\u0001\u001f\u2028\u2029",
  "$input.body $!{context.x} #set($a = 1) #foreach #end ##",
  "é 日本 😀 ﷺ",
  "</script>/..",
];

interface PutRecord {
  readonly StreamName: string;
  readonly Data: string;
  readonly PartitionKey: string;
}

interface PutRecords {
  readonly StreamName: string;
  readonly Records: readonly Omit<PutRecord, "StreamName">[];
}

const decoded = (data: string) => Buffer.from(data, "base64").toString("utf8");

function putRecord(key: PartitionKey, body: string, headers: Record<string, string> = {}): PutRecord {
  return render(putRecordTemplate("clicks", key), { body, headers }).json as PutRecord;
}

function putEnvelope(key: PartitionKey, events: readonly unknown[], headers: Record<string, string> = {}): PutRecords {
  return render(putEnvelopeTemplate("clicks", key), { body: JSON.stringify({ events }), headers }).json as PutRecords;
}

function putLines(key: PartitionKey, body: string, headers: Record<string, string> = {}): PutRecords {
  return render(putLinesTemplate("clicks", key), { body, headers }).json as PutRecords;
}

describe("IngestGateway's request templates", () => {
  it("put one event's bytes as they came", () => {
    for (const body of ['{"a": 1.10,  "b":"x/y", "a": 2}\n', '{"日本":"😀","n":123456789012345678901234567890}']) {
      const { StreamName, Data, PartitionKey } = putRecord(byRequest, body);
      expect([StreamName, decoded(Data), PartitionKey]).to.deep.equal(["clicks", body, "extended/id+="]);
    }
  });

  it("put the lines of JSON Lines as they came, without their ends, and leave blank ones out", () => {
    const { StreamName, Records } = putLines(byRequest, '{"a": 1.10}\r\n\r\n \t \nnot json\n{"b":"é"}\n\n');
    expect(StreamName).to.equal("clicks");
    expect(Records.map(({ Data }) => decoded(Data))).to.deep.equal(['{"a": 1.10}', "not json", '{"b":"é"}']);
  });

  it("put an envelope's events as the service's JSON engine prints them", () => {
    const body = '{"events":[{"a": 1.10, "b": [1E5, null, {}], "a": 2}, {"big": 123456789012345678901234567890}]}';
    const { Records } = render(putEnvelopeTemplate("clicks", byRequest), { body }).json as PutRecords;
    expect(Records.map(({ Data }) => decoded(Data))).to.deep.equal([
      '{"a":2,"b":[100000.0,null,{}]}',
      '{"big":123456789012345678901234567890}',
    ]);
  });

  it("number the events of a batch behind the extended request id", () => {
    expect(putEnvelope(byRequest, [{}, {}]).Records.map((one) => one.PartitionKey)).to.deep.equal([
      "extended/id+=-1",
      "extended/id+=-2",
    ]);
    expect(putLines(byRequest, "{}\n\n{}\n").Records.map((one) => one.PartitionKey)).to.deep.equal([
      "extended/id+=-1",
      "extended/id+=-2",
    ]);
  });

  it("keep every character of a header's key, and nothing gets out of its string", () => {
    for (const value of HOSTILE) {
      const headers = { "x-partition-key": value };
      expect(putRecord(byHeader, '{"a":1}', headers), value).to.deep.equal({
        StreamName: "clicks",
        Data: Buffer.from('{"a":1}').toString("base64"),
        PartitionKey: value,
      });
      for (const { Records } of [putEnvelope(byHeader, [{}, {}], headers), putLines(byHeader, "{}\n{ }", headers)]) {
        expect(Records.map((one) => [Object.keys(one), one.PartitionKey])).to.deep.equal([
          [["Data", "PartitionKey"], value],
          [["Data", "PartitionKey"], value],
        ]);
      }
    }
  });

  it("keep every character of a body's key, and nothing gets out of its string", () => {
    for (const value of HOSTILE) {
      const event = { user: { id: value } };
      expect(putRecord(byPath, JSON.stringify(event)).PartitionKey).to.equal(value);
      const { Records } = putEnvelope(byPath, [event, { user: { id: "next" } }]);
      expect(Records.map((one) => [Object.keys(one), one.PartitionKey])).to.deep.equal([
        [["Data", "PartitionKey"], value],
        [["Data", "PartitionKey"], "next"],
      ]);
    }
  });

  it("take a number as a key by how it is printed", () => {
    expect(putRecord(byPath, '{"user":{"id":42}}').PartitionKey).to.equal("42");
    expect(putEnvelope(byPath, [{ user: { id: 1.5 } }]).Records[0]?.PartitionKey).to.equal("1.5");
  });

  it("find a header in any case, and use the request id for lines, which are not parsed", () => {
    for (const name of ["X-Partition-Key", "x-partition-key", "X-PARTITION-KEY"]) {
      expect(putRecord(byHeader, "{}", { other: "b", [name]: "a", last: "c" }).PartitionKey).to.equal("a");
    }
    expect(putLines(byPath, '{"user":{"id":"a"}}').Records[0]?.PartitionKey).to.equal("extended/id+=-1");
  });

  it("make a key that Kinesis refuses of a missing, an empty or a too long one", () => {
    expect(putRecord(byHeader, "{}").PartitionKey).to.equal("");
    expect(putRecord(byHeader, "{}", { "x-partition-key": "" }).PartitionKey).to.equal("");
    expect(putRecord(byHeader, "{}", { "x-partition-key": "k".repeat(256) }).PartitionKey).to.have.length(256);
    expect(putRecord(byHeader, "{}", { "x-partition-key": "k".repeat(257) }).PartitionKey).to.equal("");
    expect(putEnvelope(byHeader, [{}], { "x-partition-key": "k".repeat(257) }).Records[0]?.PartitionKey).to.equal("");
  });

  it("take 500 lines, and never a part of more", () => {
    expect(putLines(byRequest, "{ }\n".repeat(500)).Records).to.have.length(500);
    expect(putLines(byRequest, "{ }\n".repeat(501)).Records).to.deep.equal([]);
    expect(putLines(byRequest, "{ }\n".repeat(2000)).Records).to.deep.equal([]);
  });

  it("do not lose lines behind blank ones that a loop does not reach", () => {
    expect(putLines(byRequest, `${"\n".repeat(999)}{"last":1}`).Records.map((one) => decoded(one.Data))).to.deep.equal([
      '{"last":1}',
    ]);
    expect(putLines(byRequest, `{"first":1}\n${"\n".repeat(999)}{"last":1}`).Records).to.deep.equal([]);
  });

  it("make an empty list, which Kinesis refuses, of no lines at all", () => {
    for (const body of ["\n", " \r\n\t\n"]) expect(putLines(byRequest, body).Records).to.deep.equal([]);
    for (const name of ["content-length", "Content-Length"])
      expect(putLines(byRequest, "", { [name]: "0" }).Records).to.deep.equal([]);
  });

  it("take {} as an event, alone as among others: an empty body, which looks like it, is told by its length", () => {
    const headers: Record<string, string>[] = [{}, { "content-length": "2" }];
    for (const header of headers)
      expect(putLines(byRequest, "{}", header).Records.map(({ Data }) => decoded(Data))).to.deep.equal(["{}"]);
    expect(putLines(byRequest, "{}\n{}").Records).to.have.length(2);
  });

  const refused = { Data: "", PartitionKey: "charset", ExplicitHashKey: "charset" };
  const isRefused = (contentType: string, name = "Content-Type") => {
    const headers = { [name]: contentType, "x-partition-key": "key" };
    const each = [byRequest, byHeader, byPath].flatMap((key) => {
      const { StreamName, ...record } = putRecord(key, '{"user":{"id":"a"}}', headers);
      const envelope = putEnvelope(key, [{ user: { id: "a" } }], headers);
      const lines = putLines(key, "{ }", headers);
      expect([StreamName, envelope.StreamName, lines.StreamName]).to.deep.equal(["clicks", "clicks", "clicks"]);
      expect([envelope.Records.length, lines.Records.length]).to.deep.equal([1, 1]);
      return [record, ...envelope.Records, ...lines.Records].map((one) =>
        "ExplicitHashKey" in one ? expect(one).to.deep.equal(refused) && true : false,
      );
    });
    expect(new Set(each).size, contentType).to.equal(1);
    return each[0];
  };

  it("send what Kinesis refuses for a charset other than UTF-8, in any case, quoted or not", () => {
    for (const parameters of [
      ...[
        "charset=iso-8859-1",
        "charset=ISO-8859-1",
        "Charset=windows-1252",
        'charset="iso-8859-1"',
        "CHARSET=us-ascii",
      ],
      ...[
        "charset=utf-16",
        "charset=utf-8859",
        "charset=utf-8x",
        "charset=",
        'charset="utf-8,latin1"',
        "charset = latin1",
      ],
      ...[
        "charset=utf-8; charset=latin1",
        "charset=latin1;charset=utf-8",
        "version=1; charset=latin1",
        "charset=latin1;x=y",
      ],
    ])
      expect(isRefused(`application/json; ${parameters}`), parameters).to.equal(true);
    for (const name of ["content-type", "CONTENT-TYPE"])
      expect(isRefused("application/json;charset=latin1", name)).to.equal(true);
  });

  it("send the events for UTF-8, and for no charset at all", () => {
    for (const type of [
      ...[
        "application/json",
        "",
        "application/json;",
        "application/json; version=1",
        "application/json; xcharset=latin1",
      ],
      ...["application/json; charset=utf-8", "application/json;charset=UTF-8", 'application/json; charset="UTF-8"'],
      ...["Application/JSON;\tCharset = utf8 ; x=y", "application/json; charset=utf-8; charset=UTF8", "charset"],
    ])
      expect(isRefused(type), type).to.equal(false);
    expect(isRefused("application/json; charset=latin1", "X-Content-Type")).to.equal(false);
  });
});

const stored = (number: number) => ({ SequenceNumber: `4967${number}`, ShardId: "shardId-000000000000" });
const throttled = {
  ErrorCode: "ProvisionedThroughputExceededException",
  ErrorMessage: "Rate exceeded for shard shardId-000000000000 in stream clicks under account 111111111111.",
};
const failed = { ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure in clicks." };

function answerToRecords(records: readonly object[]): Rendered {
  return render(putRecordsAnswer(), { body: JSON.stringify({ FailedRecordCount: 0, Records: records }) });
}

function answerToError(key: PartitionKey, type: string, message?: string): Rendered {
  return render(refusedAnswer(key, 1024), { body: JSON.stringify({ __type: type, message }) });
}

const messageOf = (rendered: Rendered) => (rendered.json as { message: string }).message;
const results = (rendered: Rendered) => {
  const { accepted, failed: count, results: each } = rendered.json as Record<string, unknown>;
  return [rendered.status ?? 200, accepted, count, (each as { status: number }[]).map(({ status }) => status)];
};

describe("IngestGateway's answers", () => {
  it("say 200 for one event only when there is a sequence number", () => {
    const good = render(putRecordAnswer(), { body: JSON.stringify(stored(1)) });
    expect([good.status, good.json]).to.deep.equal([
      undefined,
      { sequenceNumber: "49671", shardId: "shardId-000000000000" },
    ]);
    for (const body of ["{}", '{"ShardId":"shardId-000000000000"}', ""]) {
      expect(render(putRecordAnswer(), { body }).status, body).to.equal(500);
    }
  });

  it("list one result per event, in order, and let the status tell the whole", () => {
    expect(results(answerToRecords([stored(1), stored(2)]))).to.deep.equal([200, 2, 0, [200, 200]]);
    expect(results(answerToRecords([throttled, stored(1), failed]))).to.deep.equal([207, 1, 2, [429, 200, 500]]);
    expect(results(answerToRecords([throttled, throttled]))).to.deep.equal([429, 0, 2, [429, 429]]);
    expect(results(answerToRecords([failed, failed]))).to.deep.equal([500, 0, 2, [500, 500]]);
    expect(results(answerToRecords([throttled, failed]))).to.deep.equal([500, 0, 2, [429, 500]]);
    expect(results(answerToRecords([]))).to.deep.equal([500, 0, 0, []]);
    expect(results(answerToRecords([{ ...stored(1), ErrorCode: null, ErrorMessage: null }]))).to.deep.equal([
      200,
      1,
      0,
      [200],
    ]);
    const both = (answerToRecords([throttled, stored(7)]).json as { results: object[] }).results;
    expect(both[1]).to.deep.equal({ status: 200, sequenceNumber: "49677", shardId: "shardId-000000000000" });
  });

  it("ask to wait when all were throttled, and only then", () => {
    expect(answerToRecords([throttled]).headers).to.deep.equal({ "Retry-After": "1" });
    expect(answerToRecords([throttled, stored(1)]).headers).to.deep.equal({});
    expect(answerToRecords([failed]).headers).to.deep.equal({});
  });

  it("tell Kinesis's 400s apart", () => {
    const constraint = (where: string, rule: string) =>
      `1 validation error detected: Value at '${where}' failed to satisfy constraint: Member must have length ${rule}`;
    const hashKey = (where: string) =>
      `1 validation error detected: Value 'charset' at '${where}' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})`;
    const table: readonly [string, string | undefined, number][] = [
      ["ProvisionedThroughputExceededException", "Rate exceeded for shard x in stream clicks", 429],
      ["KMSThrottlingException", "The request was denied due to request throttling.", 429],
      ["com.amazonaws.kinesis#ThrottlingException", undefined, 429],
      ["ValidationException", constraint("partitionKey", "greater than or equal to 1"), 400],
      ["ValidationException", constraint("records.3.member.partitionKey", "greater than or equal to 1"), 400],
      ["ValidationException", constraint("records", "greater than or equal to 1"), 400],
      ["ValidationException", hashKey("explicitHashKey"), 415],
      ["ValidationException", hashKey("records.1.member.explicitHashKey"), 415],
      ["InvalidArgumentException", "Invalid ExplicitHashKey. Specified value was charset", 415],
      ["ValidationException", constraint("data", "less than or equal to 1048576"), 413],
      ["ValidationException", constraint("records.1.member.data", "less than or equal to 1048576"), 413],
      ["InvalidArgumentException", "Records size exceeds 10 MB limit", 413],
      ["InvalidArgumentException", "Something else", 500],
      ["ResourceNotFoundException", "Stream clicks under account 111111111111 not found.", 500],
      [
        "AccessDeniedException",
        "User: arn:aws:sts::111111111111:x is not authorized to perform: kinesis:PutRecord",
        500,
      ],
      ["KMSAccessDeniedException", "arn:aws:kms:us-east-1:111111111111:key/1", 500],
      ["SerializationException", undefined, 500],
      ["", undefined, 500],
    ];
    for (const [type, message, status] of table) {
      expect(answerToError(byRequest, type, message).status, `${type}: ${message}`).to.equal(status);
    }
    expect(render(refusedAnswer(byRequest, 1024), { body: "" }).status).to.equal(500);
    expect(answerToError(byRequest, "KMSThrottlingException").headers).to.deep.equal({ "Retry-After": "1" });
    expect(answerToError(byRequest, "AccessDeniedException").headers).to.deep.equal({});
  });

  it("say what is wrong in words that a client can act on", () => {
    const badKey = "Value at 'partitionKey' failed";
    expect(messageOf(answerToError(byHeader, "ValidationException", badKey))).to.equal(
      "The header X-Partition-Key must hold a partition key of 1 to 256 characters.",
    );
    expect(messageOf(answerToError(byPath, "ValidationException", badKey))).to.equal(
      "user.id of each event must be a partition key of 1 to 256 characters.",
    );
    expect(messageOf(answerToError(byPath, "ValidationException", "Value '[]' at 'records' failed"))).to.equal(
      "A batch holds 1 to 500 events, in at most 1000 lines.",
    );
    expect(messageOf(answerToError(byRequest, "ValidationException", "Value 'charset' at 'explicitHashKey'"))).to.equal(
      "A body is UTF-8: send the content type without a charset, or with charset=utf-8.",
    );
    const large = render(refusedAnswer(byRequest, 4096), {
      body: JSON.stringify({ __type: "ValidationException", message: "Value at 'data' failed" }),
    });
    expect(messageOf(large)).to.equal("An event and its partition key may have 4096 KiB together, a batch 10 MiB.");
  });

  it("name no stream, shard's account, role or key of AWS", () => {
    const answers = [
      answerToRecords([throttled, failed, stored(1)]),
      answerToRecords([throttled]),
      answerToRecords([failed]),
      answerToError(byHeader, "ResourceNotFoundException", "Stream clicks under account 111111111111 not found."),
      answerToError(byHeader, "AccessDeniedException", "User: arn:aws:sts::111111111111:assumed-role/r/s"),
      answerToError(byHeader, "ValidationException", "Value at 'data' of arn:aws:kinesis:::stream/clicks"),
      render(failedAnswer(), { body: '{"__type":"InternalFailure","message":"clicks 111111111111"}' }),
    ];
    for (const { text } of answers) expect(text).to.not.match(/clicks|111111111111|arn:|Exception|InternalFailure/);
  });
});
