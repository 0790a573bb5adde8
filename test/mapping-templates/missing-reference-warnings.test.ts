import { expect } from "chai";
import { missingReferenceWarnings } from "../../mapping-templates/missing-reference-warnings.ts";

const reasons = (template: string) =>
  missingReferenceWarnings("responseTemplates", { "application/json": template }).map(({ reason }) => reason);

describe("warnings of mapping templates", () => {
  it("say where the truth of what may be missing is tested, and what to write instead", () => {
    const template = "{\n#foreach($record in $input.path('$.Records'))\n#if(!$record.ErrorCode)x#end\n#end}";
    expect(missingReferenceWarnings("responseTemplates", { "application/json": template })).to.deep.equal([
      {
        property: 'responseTemplates["application/json"]',
        reason:
          "line 3 tests the truth of $record.ErrorCode, which may be missing. On AWS a missing reference is an empty string, not null, and #if of it may be true. " +
          'Write #set($errorCode = "$!record.ErrorCode") before it, then #if($errorCode != ""), or #if($errorCode == "true") of a boolean.',
      },
    ]);
  });

  it("propose copies that can be pasted", () => {
    const table: readonly [string, string][] = [
      ["#if($x)y#end", '#set($x = "$!x") before'],
      ["#if($!{a.Bc})y#end", '#set($bc = "$!a.Bc") before'],
      ["#if($input.params('a'))y#end", `#set($value = "$!input.params('a')") before`],
      ['#if($input.path("$.a"))y#end', '#set($value = $input.path("$.a")) and #set($value = "$!value") before'],
    ];
    for (const [template, copy] of table) expect(reasons(template)[0], template).to.contain(`Write ${copy}`);
  });

  it("are none of what only prints, and of what the parser cannot read", () => {
    for (const template of ["$a.b $input.path('$.a').size()", '#if("$!a.b" != "")x#end', "#if(", '#set($a = "a""b")']) {
      expect(reasons(template), template).to.deep.equal([]);
    }
  });
});
