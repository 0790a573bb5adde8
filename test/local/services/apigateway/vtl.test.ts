import { expect } from "chai";
import fc from "fast-check";
import { NotSupportedError } from "../../../../local/kernel/errors.ts";
import {
  JavaDouble,
  type JavaMap,
  type JavaValue,
  missingReadings,
  printDouble,
} from "../../../../local/services/apigateway/vtl/java-values.ts";
import { parseJson, printJson } from "../../../../local/services/apigateway/vtl/json.ts";
import { compileTemplate } from "../../../../local/services/apigateway/vtl/template.ts";
import { render } from "../../../support/render-template.ts";

const map = (entries: Record<string, JavaValue>): JavaMap => new Map(Object.entries(entries));

/** The variables of the Velocity 1.7 run that the expected texts below come from. */
const variables: Record<string, JavaValue> = {
  s: "a'b\"c",
  empty: "",
  zero: 0,
  list: ["a", 1, true],
  elist: [],
  m: map({ k: "v", n: null, d: new JavaDouble(1.5), big: 12345678901 }),
  f: false,
  body: "l1\r\nl2\n\nl3\n",
  dbl: new JavaDouble(100000),
};

const text = (template: string, body?: string) => render(template, { body, variables }).text;

describe("mapping templates", () => {
  it("print what Velocity 1.7 prints", () => {
    const table: readonly [string, string][] = [
      ["#if($empty)T#{else}F#end#if($zero)T#{else}F#end#if($elist)T#{else}F#end#if($f)T#{else}F#end", "TTTF"],
      ["#if($nope)T#{else}F#end", "F"],
      [
        '#set($a = 7 / 2)$a,#set($b = 7 % 2)$b,#set($c = -7 / 2)$c,#set($d = "x" + 1)$d,#set($e = 1.5 + 1)$e',
        "3,1,-3,x1,2.5",
      ],
      [
        "$list $m $m.k $m.n $!m.n $m.nope.deep",
        "[a, 1, true] {k=v, n=null, d=1.5, big=12345678901} v $m.n  $m.nope.deep",
      ],
      ["$list.size() $list.get(0) $list[1] $dbl $m.d $m.big", "3 a 1 100000.0 1.5 12345678901"],
      [
        '#set($parts = $body.split("\\r?\\n"))$parts.size() $parts.get(0)|$parts[1]|$parts[2]| $parts.isEmpty()',
        "4 l1|l2|| false",
      ],
      [
        '#foreach($p in $body.split("\\r?\\n"))[$foreach.index:$foreach.count:$velocityCount:$foreach.hasNext:$p]#if($foreach.index == 1)#break#end#end',
        "[0:1:1:true:l1][1:2:2:true:l2]",
      ],
      ["#foreach($i in [1..1500])#if($foreach.index >= 998)$i,#end#end", "999,1000,"],
      ['#set($x = "$.events[$s.length()]")$x', "$.events[5]"],
      ["#set($y = '$.events[$s.length()]')$y", "$.events[$s.length()]"],
      [
        `$s.replaceAll("\\\\'","'") $s.contains("'b") $s.substring(1) $s.substring(0,2) $s.indexOf("b")`,
        `a'b"c true 'b"c a' 2`,
      ],
      ['#if("1" == 1)T#{else}F#end#if($dbl == 100000)T#{else}F#end#if($nope == $nope2)T#{else}F#end', "TTT"],
      ['#if($m.n == "")T#{else}F#end#if($m.k == "v" && !$nope)T#end#if($nope > 1)w#{else}v#end', "FTv"],
      ["#set($n = $nope)[$n][$!n]#set($k = 1)#set($k = $nope)$k", "[$n][]1"],
      ["#set($dd = 9 / 0)$dd,#set($ee = $nope + 1)$ee", "$dd,$ee"],
      ["  #set($q = 1)  \n x #if(true)  \n y\n #end\nz", "   x  y\n z"],
      [`\${s}x \${nope} $nope.foo $nope.get("a") $5 $ #b # x`, `a'b"cx \${nope} $nope.foo $nope.get("a") $5 $ #b # x`],
      [
        '#set($k = ["a", $nope, 1])$k,#set($mm = {"a": 1, "b": "x"})$mm $mm.a $mm.keySet()',
        "[a, null, 1],{a=1, b=x} 1 [a, b]",
      ],
      ["#set($q = !$f)$q,#set($w = $s && $f)$w,#set($r = 3 > 2)$r", "true,false,true"],
      [
        '$m.containsKey("k") $m.keySet() $m.size() #foreach($e in $m.entrySet())$e.key,#end',
        "true [k, n, d, big] 4 k,n,d,big,",
      ],
      ["#set($count = 0)#foreach($x in [1,2,3])#set($count = $count + $x)#end$count $x", "6 $x"],
      ["## comment\na#* block *#b #[[ raw $s ]]#", "ab  raw $s "],
      [
        '#if($s.matches(".*b.*"))m#end $s.split(",").size() $s.toUpperCase() $list.contains("a") $list.indexOf(1)',
        `m 1 A'B"C true 1`,
      ],
    ];
    for (const [template, expected] of table) {
      expect(render(template, { variables, missing: missingReadings.null }).text, template).to.equal(expected);
    }
  });

  it("escape, encode and decode as API Gateway's own utilities do", () => {
    const value = `"it's"/\\\n\u0001é😀`;
    const escaped = render("$util.escapeJavaScript($v)", { variables: { v: value } }).text;
    expect(escaped).to.equal(`\\"it\\'s\\"\\/\\\\\\n\\u0001\\u00E9\\uD83D\\uDE00`);
    expect(render("$util.base64Encode($v)", { variables: { v: "é\ud800" } }).text).to.equal(
      Buffer.from("é?").toString("base64"),
    );
    expect(text('$util.base64Decode("w6k=") $util.urlEncode("a b/é*~") $util.urlDecode("a+b%2F")')).to.equal(
      "é a+b%2F%C3%A9*%7E a b/",
    );
    expect(text('#set($p = $util.parseJson("[1, 2]"))$p.size()')).to.equal("2");
  });

  it("read a body by path: JSON text, or an object that prints as Java prints it", () => {
    const body = '{"a":{"b":[1,{"c":"x"}]},"s":"q\\"","t":true}';
    expect(text("$input.json('$.a') $input.json('$.s') $input.json('$.a.b[1].c')", body)).to.equal(
      '{"b":[1,{"c":"x"}]} "q\\"" "x"',
    );
    expect(text("$input.path('$.a.b') $input.path('$.a.b[1]') $input.path('$.s')", body)).to.equal(
      '[1,{"c":"x"}] {c=x} q"',
    );
    expect(text("$input.json('$.nope') $input.path('$.nope') $!input.path('$.nope')", body)).to.equal('""  ');
    expect(text("$input.body", "")).to.equal("{}");
  });

  it("find parameters in the path, then the query, then the headers", () => {
    const headers = { "x-a": "header", "x-b": "b" };
    expect(render("$input.params('x-a') $input.params().header.get('x-b')", { headers }).text).to.equal("header b");
  });

  it("are refused by name where this engine would do something else", () => {
    const table: readonly [string, string][] = [
      ["\\$s", "a backslash before $ or #"],
      ["a #set($x = 1)", "white space before a #set"],
      ["#{if}(true)x#end", "#{if}"],
      ['#set($a = "a""b")', "this mapping template, which its velocity engine cannot parse"],
      ["#macro(m)x#end", "#macro"],
      ["#m()", "#m"],
      ["#define($d)x#end", "#define"],
      ['#evaluate("x")', "#evaluate"],
      ["#if($a || $b && $c)x#end", "&& beside ||"],
      ["$list.add(1)", "the method add()"],
      ["$util.qr($x)", "$util.qr"],
      ["$input.bodyAsBase64", "$input.bodyAsBase64"],
      ["#set($input.body = 1)", "#set($input"],
      ["x".repeat(300 * 1024 + 1), "a mapping template of 307201 bytes"],
    ];
    for (const [template, what] of table) {
      expect(() => compileTemplate(template), what).to.throw(NotSupportedError, what);
    }
    for (const [template, what] of [
      ['$s.matches("(?i)a")', "inline flags"],
      ['$s.split("a++")', "possessive quantifiers"],
      ["$s.split('a$')", "the anchor $"],
      ["$input.path('$..a')", 'the JSON path "$..a"'],
      ["$input.path('$.a[*]')", 'the JSON path "$.a[*]"'],
      ["$util", "printing $util"],
    ] as const) {
      expect(() => text(template), what).to.throw(NotSupportedError, what);
    }
  });
});

describe("the service's JSON engine", () => {
  const again = (json: string) => printJson(parseJson(json));

  it("prints numbers as Java does", () => {
    const table: readonly [string, string][] = [
      ["1.10", "1.1"],
      ["1E5", "100000.0"],
      ["1e21", "1.0E21"],
      ["1e-5", "1.0E-5"],
      ["0.001", "0.001"],
      ["12345678.9", "1.23456789E7"],
      ["1234567.5", "1234567.5"],
      ["-0", "0"],
      ["-0.0", "-0.0"],
      ["1e400", "null"],
      ["5e-324", "4.9E-324"],
      ["9007199254740993", "9007199254740993"],
      ["123456789012345678901234567890", "123456789012345678901234567890"],
      ["12345678901234567.89", "12345678901234567.89"],
      ["1.23456789012345678901e10", "12345678901.2345678901"],
      ["9.999999999999999e22", "9.999999999999999E+22"],
      ["1.7976931348623157E308", "1.7976931348623157E+308"],
      ["1e-400", "0.0"],
      ["1e00000000000000000001", "1E+1"],
      ["12345678901234567890e5", "1.2345678901234567890E+24"],
      ["1.0000000000000000001e2147483647", "1.0000000000000000001E+2147483647"],
    ];
    for (const [given, printed] of table) expect(again(given), given).to.equal(printed);
  });

  it("refuses a long number whose exponent Java's BigDecimal cannot have, and gives no other", () => {
    for (const exponent of [
      "2147483648",
      "99999999999",
      "-2147483648",
      "006699999999999999999999999999999999999999999",
    ]) {
      const number = `1.00000000000000000010e${exponent}`;
      expect(() => parseJson(`{"v":${number}}`), number).to.throw("number at position 5 has an exponent beyond");
    }
  });

  it("drops a DEL as it is from strings with an escape, and only from those", () => {
    expect(again('["a\u007fb","a\u007f\\n",{"\u007f":"\\u007f"}]')).to.equal(
      '["a\\u007Fb","a\\n",{"\\u007F":"\\u007F"}]',
    );
  });

  it("keeps the last of equal keys, the order of the others, and escapes as it likes", () => {
    expect(again('{"b":1,"2":0,"1":0,"b":2}')).to.equal('{"b":2,"2":0,"1":0}');
    expect(again('"\\/ / \\u0001 \\u2028 \\u00e9 \\u007f \u007f \\b"')).to.equal(
      '"/ / \\u0001 \\u2028 é \\u007F  \\b"',
    );
    expect(again('{"__proto__":{"a":1},"constructor":2}')).to.equal('{"__proto__":{"a":1},"constructor":2}');
  });

  it("says the same as JSON.parse of anything that JSON.parse takes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 2 }), (value, indent) => {
        const given = JSON.stringify(value, null, indent);
        const kept = given.replace(/"(?:[^"\\]|\\.)*"/g, (string) =>
          string.includes("\\") ? string.replaceAll("\u007f", "") : string,
        );
        expect(JSON.parse(again(given))).to.deep.equal(
          JSON.parse(kept, (_key, each) => (Object.is(each, -0) ? 0 : each)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("refuses what is not JSON, and what is nested too deep, without falling over", () => {
    for (const bad of [
      "",
      "{",
      "[1,]",
      '{"a":1,}',
      "01",
      "1.",
      '"\n"',
      "nul",
      "[1] 2",
      "{'a':1}",
      '"\\x"',
      "+1",
      ".5",
    ]) {
      expect(() => parseJson(bad), bad).to.throw(/unexpected/);
      expect(() => JSON.parse(bad), bad).to.throw();
    }
    expect(() => parseJson("[".repeat(100_000))).to.throw("nested deeper than 1000 levels");
  });

  it("prints every double so that it reads back the same", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const printed = printDouble(value);
        expect(printed).to.match(/^-?\d+\.\d+(E-?\d+)?$/);
        expect(Object.is(Number(printed), value)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });
});
