import { existsSync } from "node:fs";
import type { Environment } from "../../../shared/environment.ts";
import { proxyFor } from "./proxy.ts";

/** Where DynamoDB is called. */
export interface Endpoint {
  readonly isSecure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** The Host header: with the port, unless it is the protocol's own. */
  readonly host: string;
}

/** Domains by partition, for the regions whose names begin so; all others are of `aws` or `aws-us-gov`. */
const DOMAINS: readonly { readonly regions: RegExp; readonly domain: string; readonly dualStackDomain: string }[] = [
  { regions: /^cn-/, domain: "amazonaws.com.cn", dualStackDomain: "api.amazonwebservices.com.cn" },
  { regions: /^eusc-/, domain: "amazonaws.eu", dualStackDomain: "api.amazonwebservices.eu" },
  { regions: /^us-iso-/, domain: "c2s.ic.gov", dualStackDomain: "api.aws.ic.gov" },
  { regions: /^us-isob-/, domain: "sc2s.sgov.gov", dualStackDomain: "api.aws.scloud" },
  { regions: /^eu-isoe-/, domain: "cloud.adc-e.uk", dualStackDomain: "api.cloud-aws.adc-e.uk" },
  { regions: /^us-isof-/, domain: "csp.hci.ic.gov", dualStackDomain: "api.aws.hci.ic.gov" },
  { regions: /^/, domain: "amazonaws.com", dualStackDomain: "api.aws" },
];

/** GovCloud's endpoints are FIPS endpoints without the name, except those of both network stacks. */
const GOV_REGION = /^us-gov-/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

const OTHERWISE = "or set TABLE_WRITER=sdk, which writes by the AWS SDK";

/**
 * DynamoDB's endpoint in a region, as the AWS SDK finds it by the same environment: AWS_ENDPOINT_URL_DYNAMODB,
 * AWS_ENDPOINT_URL (unless AWS_IGNORE_CONFIGURED_ENDPOINT_URLS), AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT.
 * @param mistake gets what the direct writer does not support, with the variable's name
 */
export function readEndpoint(environment: Environment, region: string, mistake: (text: string) => void): Endpoint {
  const isFips = readFlag(environment, "AWS_USE_FIPS_ENDPOINT", mistake);
  const isDualStack = readFlag(environment, "AWS_USE_DUALSTACK_ENDPOINT", mistake);
  const file = environment["AWS_CONFIG_FILE"];
  if (file && existsSync(file)) {
    mistake(`AWS_CONFIG_FILE is ${file}, and the direct writer reads no configuration files: remove it, ${OTHERWISE}`);
  }
  if (environment["AWS_ACCOUNT_ID_ENDPOINT_MODE"] === "required") {
    mistake(
      `AWS_ACCOUNT_ID_ENDPOINT_MODE is "required", and the role's session names no account for an endpoint: remove it`,
    );
  }
  const configured = configuredUrl(environment, mistake);
  if (configured === undefined && !REGION.test(region)) {
    mistake(`TARGET_REGION is "${region}", which is not a region such as eu-west-1`);
  }
  if (configured !== undefined && (isFips || isDualStack)) {
    mistake(`${configured.name} is set together with AWS_USE_FIPS_ENDPOINT or AWS_USE_DUALSTACK_ENDPOINT: remove one`);
  }
  const endpoint =
    configured === undefined
      ? endpointOf(`https://${hostOf(region, isFips, isDualStack)}`)
      : readUrl(configured, mistake);
  const proxy = proxyFor(endpoint, environment);
  if (proxy !== undefined) {
    mistake(
      `${proxy} is set, and neither the direct writer nor the AWS SDK calls DynamoDB by a proxy: ` +
        `add ${endpoint.hostname} to NO_PROXY`,
    );
  }
  return endpoint;
}

function readFlag(environment: Environment, name: string, mistake: (text: string) => void): boolean {
  const value = environment[name];
  if (value && value !== "true" && value !== "false") mistake(`${name} is "${value}"; allowed: true, false`);
  return value === "true";
}

interface ConfiguredUrl {
  readonly name: string;
  readonly url: string;
}

function configuredUrl(environment: Environment, mistake: (text: string) => void): ConfiguredUrl | undefined {
  if (readFlag(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", mistake)) return undefined;
  for (const name of ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"]) {
    const url = environment[name];
    if (url) return { name, url };
  }
  return undefined;
}

function hostOf(region: string, isFips: boolean, isDualStack: boolean): string {
  const { domain, dualStackDomain } = DOMAINS.find(({ regions }) => regions.test(region))!;
  const isNamedFips = isFips && (isDualStack || !GOV_REGION.test(region));
  return `${isNamedFips ? "dynamodb-fips" : "dynamodb"}.${region}.${isDualStack ? dualStackDomain : domain}`;
}

function readUrl({ name, url }: ConfiguredUrl, mistake: (text: string) => void): Endpoint {
  const form = "http(s)://<host>[:<port>]";
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isPlain =
    parsed !== undefined &&
    (parsed.protocol === "http:" || parsed.protocol === "https:") &&
    parsed.pathname === "/" &&
    parsed.search === "" &&
    parsed.username === "" &&
    parsed.password === "";
  if (!isPlain) {
    mistake(`${name} is "${withoutUser(url)}"; the direct writer takes ${form}: write that, ${OTHERWISE}`);
    return endpointOf("https://localhost");
  }
  return endpointOf(url);
}

/** Mistakes are logged, so without the user and the password. */
function withoutUser(url: string): string {
  return url.replace(/\/\/.*@/, "//…@");
}

function endpointOf(url: string): Endpoint {
  const { protocol, hostname, port, host } = new URL(url);
  const isSecure = protocol === "https:";
  return {
    isSecure,
    // The brackets of an IPv6 address belong to URLs only.
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (isSecure ? 443 : 80) : Number(port),
    host,
  };
}
