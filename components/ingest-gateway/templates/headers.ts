import { lines } from "./lines.ts";

/**
 * Template lines that put a request header's value into a variable: "" where there is none. Header names are compared without case.
 * @param variable such as `$headerKey`.
 */
export function copyHeader(variable: string, header: string): readonly string[] {
  return [
    `#set(${variable} = "")`,
    `#foreach($headerName in $input.params().header.keySet())`,
    `#if($headerName.equalsIgnoreCase("${header}"))`,
    `#set(${variable} = "$!input.params().header.get($headerName)")`,
    `#end`,
    `#end`,
  ];
}

/** Template lines that tell in `$isOtherCharset` whether the content type names a charset and it is not UTF-8, in any case, quoted or not. */
const charsetSetUp: readonly string[] = [
  ...copyHeader("$contentType", "Content-Type"),
  `#set($contentType = $contentType.toLowerCase())`,
  `#set($contentType = $contentType.replaceAll('["\\s]',""))`,
  `#set($parameters = "$contentType;")`,
  `#set($parameters = $parameters.replaceAll(";charset=utf-?8(?=;)",""))`,
  `#set($isOtherCharset = $parameters.contains(";charset="))`,
];

/** A hash key that Kinesis refuses, naming the member, before it looks at anything else. Nothing else here sends hash keys, so the answer can tell. */
export const REFUSED_RECORD = `"Data":"","PartitionKey":"charset","ExplicitHashKey":"charset"`;

/**
 * A request template for bodies in UTF-8. API Gateway reads every body as UTF-8, whatever charset its content type names, and a template cannot stop a request:
 * for another charset it sends what Kinesis refuses.
 */
export function inUtf8(template: string, refused: string): string {
  return lines(...charsetSetUp, `#if($isOtherCharset)`, refused, `#else`, template, `#end`);
}
