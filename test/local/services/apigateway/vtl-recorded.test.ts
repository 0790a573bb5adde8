import { expect } from "chai";
import { JavaDouble, type JavaValue, missingReadings } from "../../../../local/services/apigateway/vtl/java-values.ts";
import { render } from "../../../support/render-template.ts";

const variables: Record<string, JavaValue> = {
  m: new Map<string, JavaValue>([
    ["k", "v"],
    ["n", null],
    ["d", new JavaDouble(1.5)],
    ["big", 12345678901],
  ]),
};

const text = (template: string, body?: string) => render(template, { body, variables }).text;

// Recorded on AWS by LocalStack's test suite (tests/aws/services/apigateway: test_apigateway_common on 18 June 2025 and 19 March 2025, test_apigateway_kinesis
// on 20 November 2024), except what a title says is a decision of ours.
describe("mapping templates on AWS", () => {
  it("read what is missing, and a JSON null, as AWS was recorded to", () => {
    const test =
      '{"body": $result, "nested": $result.nested, "isNull": #if( $result == $null )"true"#else"false"#end, "isEmptyString": #if( $result == "" )"true"#else"false"#end}';
    const nothing = '{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}';
    for (const missing of [missingReadings.true, missingReadings.false]) {
      const recorded = (template: string, body: string) => render(template, { body, missing }).text;
      expect(recorded(`#set($result = $input.path("$.nonExisting"))${test}`, "")).to.equal(nothing);
      expect(
        recorded(`#set($result = $input.path("$.json.listValue"))${test}`, '{"json":{"listValue":null}}'),
      ).to.equal(nothing);
      expect(recorded(`#set($result = $input.path("$.json.listValue"))${test}`, '{"json":{"listValue":[]}}')).to.equal(
        '{"body": [], "nested": , "isNull": "false", "isEmptyString": "false"}',
      );
      expect(recorded("#set($result = $input.body.testAccess)$result", '{"some": "value"}')).to.equal("");
      expect(recorded("EncodedBodyAccess=$util.urlEncode($input.body.testAccess)", "")).to.equal("EncodedBodyAccess=");
      expect(recorded("#if($foo.bar.stuff != '')a#{else}b#end", "")).to.equal("b");
      expect(recorded("[$input.params('x')][$input.params().header.get('x')]", "")).to.equal("[][]");
    }
  });

  it("(not recorded) take #if of what is missing for true unless told otherwise, and call no method on it", () => {
    const template =
      '#set($k = 1)#set($k = $nope)[$k]#if($nope)T#{else}F#end#if(!$m.n)T#{else}F#end#if($nope.contains("x"))T#{else}F#end';
    expect(text(template)).to.equal("[]TFT");
    expect(render(template, { variables, missing: missingReadings.false }).text).to.equal("[]FTF");
    expect(render(template, { variables, missing: missingReadings.null }).text).to.equal("[1]FTF");
    expect(
      text("$nope.length()|$util.base64Encode($nope)|#foreach($x in $nope)$x#end|#if($nope > 1)T#{else}F#end"),
    ).to.equal("|||F");
    expect(text('#set($a = $nope + 1)$a|#set($b = "x" + $nope)$b|#set($c = 2)#set($c = $nope - 1)$c')).to.equal(
      "1|x|2",
    );
    expect(text('#set($l = ["a", $nope])$l#set($h = {"k": $nope})$h')).to.equal("[a, ]{k=}");
  });

  it("print lists of a body as JSON wherever they stand, as AWS was recorded to", () => {
    const table: readonly [string, string, string][] = [
      ["$result", '{"foo":"bar"}', "{foo=bar}"],
      ["$result", '[{"foo":"bar"}]', '[{"foo":"bar"}]'],
      ["$result.nested", '{"nested":{"foo":"bar"}}', "{foo=bar}"],
      ["$result.nested", '{"nested":[{"foo":"bar"}]}', '[{"foo":"bar"}]'],
      ["$result[0]", '[{"foo":"bar"}]', "{foo=bar}"],
      ["$result[0]", '[[{"foo":"bar"}]]', '[{"foo":"bar"}]'],
      ["$result", '{"foo":[{"nested":"bar"}]}', '{foo=[{"nested":"bar"}]}'],
      ["$result", '{"bigger":"dict","to":"test","with":"separators"}', "{bigger=dict, to=test, with=separators}"],
      ["$result.toString()", '{"foo":"bar"}', "{foo=bar}"],
      ["$result.toString()", '{"list":[{"foo":"bar"}]}', '{list=[{"foo":"bar"}]}'],
    ];
    for (const [print, json, expected] of table) {
      expect(text(`#set($result = $input.path("$.json"))${print}`, `{"json":${json}}`), print).to.equal(expected);
    }
  });

  it("have the entries of a map, which print as Java prints them", () => {
    expect(text("$m.entrySet() #foreach($e in $m.entrySet())$e|$e.key|$e.getValue();#end")).to.equal(
      "[k=v, n=null, d=1.5, big=12345678901] k=v|k|v;n=null|n|;d=1.5|d|1.5;big=12345678901|big|12345678901;",
    );
    expect(text("$m.getKey()")).to.equal("");
  });

  it("keep the template's own line ends, and the indentation of a #set", () => {
    expect(text("{\r\n  #set($q = 1)\r\n  $q\r\n#if(true)\r\n y\r\n#end\r\n}\r\n")).to.equal(
      "{\r\n    1\r\n y\r\n}\r\n",
    );
  });

  it("do what a template of others was recorded to do", () => {
    const template = `{
    "Records": [
        #set( $count = $input.path('$.records').size() )
        #if($count > 0)
            #set( $last = $count - 1 )
            #foreach( $number in [0..$last] )
                #set( $record = $input.path("$.records[\${number}]") )
                #set( $data = $util.base64Encode($record.data) )
                {"Data": "$data", "PartitionKey": #if( $foo.bar.stuff != '')"$record.partitionKey"#else"$data.length()"#end}#if($foreach.hasNext),#end
            #end
        #end
    ]
}`;
    const body = JSON.stringify({ records: [1, 2].map((number) => ({ data: `{"foo": "bar${number}"}` })) });
    expect(render(template, { body }).json).to.deep.equal({
      Records: [1, 2].map((number) => ({
        Data: Buffer.from(`{"foo": "bar${number}"}`).toString("base64"),
        PartitionKey: "20",
      })),
    });
  });
});
