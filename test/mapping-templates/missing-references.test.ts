import { expect } from "chai";
import { missingReferenceUses } from "../../mapping-templates/missing-references.ts";

const uses = (template: string) =>
  missingReferenceUses(template).map(({ line, kind, reference }) => `${line} ${kind} ${reference}`);

describe("references of a mapping template that may be missing", () => {
  it("are found where their truth is tested", () => {
    const table: readonly [string, readonly string[]][] = [
      ["#set($n = $input.path('$.SequenceNumber'))\n#if($n)x#end", ["2 truth $n"]],
      [
        "#foreach($r in $input.path('$.a'))\n#if($r.A && !$r.B)x\n#elseif(($r.C) || true)#end#end",
        ["2 truth $r.A", "2 truth $r.B", "3 truth $r.C"],
      ],
      ["#set($b = !$input.params('x'))#if($b)x#end", ["1 truth $input.params('x')"]],
      ["#if($context.authorizer.user)x#end", ["1 truth $context.authorizer.user"]],
      [
        "#if($stageVariables.a || $list[0] || $map.get('k'))x#end",
        ["1 truth $stageVariables.a", "1 truth $list[0]", "1 truth $map.get('k')", "1 method $map.get('k')"],
      ],
    ];
    for (const [template, expected] of table) expect(uses(template), template).to.have.members(expected);
  });

  it("are found where a method is called on them, where they are compared with what may be empty, and where they print", () => {
    const table: readonly [string, readonly string[]][] = [
      ["#set($size = $input.path('$.a').size())", ["1 method $input.path('$.a').size()"]],
      [
        `#set($type = "")#set($type = $input.path('$.t'))#set($b = $type.contains("x"))`,
        ['1 method $type.contains("x")'],
      ],
      [
        `#if($a.b == "")x#end#if("" != $a.c)x#end#if($a.d == $a.e)x#end`,
        ["$a.b", "$a.c", "$a.d", "$a.e"].map((name) => `1 comparison ${name}`),
      ],
      ["\n$a.b $c $!d", ["2 print $a.b", "2 print $c"]],
      ['#set($x = "[$a.b]")', ["1 print $a.b"]],
      ["#set($x = $util.base64Encode($a.b))#set($y = $x.length())", ["1 method $x.length()"]],
    ];
    for (const [template, expected] of table) expect(uses(template), template).to.have.members(expected);
  });

  it("are none when the template has set them, in every branch and before they are read", () => {
    const maybe = ["2 truth $x"];
    const table: readonly [string, readonly string[]][] = [
      ["#set($x = true)\n#if($x)y#end", []],
      ["#if(1 > 0)#set($x = true)#end\n#if($x)y#end", maybe],
      ["#if(1 > 0)#set($x = true)#{else}#set($x = false)#end\n#if($x)y#end", []],
      ["#if(1 > 0)#set($x = true)#elseif(2 > 1)z#{else}#set($x = false)#end\n#if($x)y#end", maybe],
      ["#foreach($i in [1..3])#set($x = true)#end\n#if($x)y#end", maybe],
      ["#set($x = true)#foreach($i in [1..3])\n#if($x)y#end#set($x = $input.path('$.a'))#end", maybe],
      ["#set($x = $a.b)#set($x = 1)\n#if($x)y#end", []],
    ];
    for (const [template, expected] of table) expect(uses(template), template).to.deep.equal(expected);
  });

  it("are none when they are always there, or copied into a string", () => {
    for (const template of [
      `#set($code = "$!record.ErrorCode")#if($code != "" && $code.contains("x"))$code#end`,
      '#foreach($line in $input.body.split("\\n"))#if($line.trim().length() > 0 && $foreach.hasNext)$line#end#end',
      "#foreach($n in $input.params().header.keySet())#if($n.equalsIgnoreCase('a'))$n#end#end",
      "$util.escapeJavaScript($context.extendedRequestId).replaceAll('a','b') $input.json('$.a').length()",
      "#set($n = 0)#set($n = $n + 1)#set($all = $n > 0)#if($all && $n == 1)$n#end",
      "#if($a.b == $null)x#end#if($a.b == 'x')x#end#if($a.b > 1)x#end$!a.b",
      "#if($foreach.hasNext)x#end#if($velocityCount > 1)x#end",
      '#if($input.body != "{}")x#end',
    ]) {
      expect(uses(template), template).to.deep.equal([]);
    }
  });
});
