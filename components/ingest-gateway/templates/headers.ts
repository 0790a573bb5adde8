import { lines } from "./lines.ts";

/**
 * Template lines that copy a request header's value into a variable, "" if it is missing. Header names are compared in
 * any case.
 *
 * @param variable such as `$headerKey`
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

/**
 * Template lines that set `$isOtherCharset`: whether the content type names a charset other than UTF-8, in any case,
 * quoted or not.
 */
const charsetSetUp: readonly string[] = [
  ...copyHeader("$contentType", "Content-Type"),
  `#set($contentType = $contentType.toLowerCase())`,
  `#set($contentType = $contentType.replaceAll('["\\s]',""))`,
  `#set($parameters = "$contentType;")`,
  `#set($parameters = $parameters.replaceAll(";charset=utf-?8(?=;)",""))`,
  `#set($isOtherCharset = $parameters.contains(";charset="))`,
];

/**
 * A record with a hash key that Kinesis refuses by name before it checks anything else. No other template sends hash
 * keys, so the answer can recognise it.
 */
export const REFUSED_RECORD = `"Data":"","PartitionKey":"charset","ExplicitHashKey":"charset"`;

/**
 * A request template for bodies in UTF-8. API Gateway decodes every body as UTF-8, whatever charset its content type
 * names, and a template cannot stop a request: for another charset it sends a record that Kinesis refuses.
 */
export function inUtf8(template: string, refused: string): string {
  return lines(...charsetSetUp, `#if($isOtherCharset)`, refused, `#else`, template, `#end`);
}
