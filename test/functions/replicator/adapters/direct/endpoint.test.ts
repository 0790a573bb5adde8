import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { partitions } from "../../../../../aws/partitions.ts";
import { readEndpoint } from "../../../../../functions/replicator/adapters/direct/endpoint.ts";

function read(environment: Record<string, string>, region = "eu-west-1") {
  const mistakes: string[] = [];
  const endpoint = readEndpoint(environment, region, (text) => mistakes.push(text));
  return { endpoint, mistakes };
}

const mistakesOf = (environment: Record<string, string>, region?: string) => read(environment, region).mistakes;

/** The host that the AWS SDK finds. */
function hostBySdk(region: string, useFips: boolean, useDualStack: boolean): string {
  const client = new DynamoDBClient({ region });
  const found = client.config.endpointProvider({ Region: region, UseFIPS: useFips, UseDualStack: useDualStack });
  return found.url.host;
}

describe("readEndpoint", () => {
  for (const { id, regions } of partitions) {
    it(`finds the hosts that the AWS SDK finds, in all regions of ${id}, with FIPS and both network stacks`, () => {
      for (const region of Object.keys(regions)) {
        for (const isFips of [false, true]) {
          for (const isDualStack of [false, true]) {
            const { endpoint, mistakes } = read(
              { AWS_USE_FIPS_ENDPOINT: String(isFips), AWS_USE_DUALSTACK_ENDPOINT: String(isDualStack) },
              region,
            );
            const host = hostBySdk(region, isFips, isDualStack);
            expect(endpoint, region).to.deep.equal({ isSecure: true, hostname: host, port: 443, host });
            expect(mistakes).to.deep.equal([]);
          }
        }
      }
    });
  }

  it("takes the configured endpoint, the service's own before the one of all", () => {
    const all = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566/" };
    expect(read(all).endpoint).to.deep.equal({
      isSecure: false,
      hostname: "127.0.0.1",
      port: 4566,
      host: "127.0.0.1:4566",
    });
    const own = { ...all, AWS_ENDPOINT_URL_DYNAMODB: "https://[::1]" };
    expect(read(own).endpoint).to.deep.equal({ isSecure: true, hostname: "::1", port: 443, host: "[::1]" });
    expect(read({ ...own, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }).endpoint.host).to.equal(
      "dynamodb.eu-west-1.amazonaws.com",
    );
  });

  it("refuses by name what it does not support", () => {
    expect(mistakesOf({ AWS_USE_DUALSTACK_ENDPOINT: "1" })).to.deep.equal([
      'AWS_USE_DUALSTACK_ENDPOINT is "1"; allowed: true, false',
    ]);
    expect(mistakesOf({ AWS_ENDPOINT_URL: "http://localhost:1/base" })).to.deep.equal([
      'AWS_ENDPOINT_URL is "http://localhost:1/base"; the direct writer takes http(s)://<host>[:<port>]: ' +
        "write that, or set TABLE_WRITER=sdk, which writes by the AWS SDK",
    ]);
    for (const url of ["nonsense", "ftp://host", "http://host?a=b"])
      expect(mistakesOf({ AWS_ENDPOINT_URL_DYNAMODB: url })[0], url).to.include(
        `AWS_ENDPOINT_URL_DYNAMODB is "${url}"`,
      );
    expect(
      mistakesOf({ AWS_ENDPOINT_URL: "http://localhost:1", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "TRUE" }),
    ).to.deep.equal(['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is "TRUE"; allowed: true, false']);
    for (const flag of ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])
      expect(mistakesOf({ AWS_ENDPOINT_URL: "http://localhost:1", [flag]: "true" })[0]).to.include("remove one");
    const AWS_CONFIG_FILE = fileURLToPath(import.meta.url);
    expect(mistakesOf({ AWS_CONFIG_FILE })[0]).to.include(`AWS_CONFIG_FILE is ${AWS_CONFIG_FILE}, and`);
    expect(mistakesOf({ AWS_CONFIG_FILE: "/no/such/file" })).to.deep.equal([]);
    expect(mistakesOf({ AWS_ACCOUNT_ID_ENDPOINT_MODE: "required" })[0]).to.include("AWS_ACCOUNT_ID_ENDPOINT_MODE");
    expect(mistakesOf({}, "europe")[0]).to.include('TARGET_REGION is "europe"');
    expect(mistakesOf({ AWS_ACCOUNT_ID_ENDPOINT_MODE: "preferred" })).to.deep.equal([]);
  });

  for (const url of [
    "http://user@host",
    "https://user:pass@host/",
    "https://:pass@host",
    "https://user:pass@host/path?q",
  ]) {
    it(`refuses ${url} without writing its user and password into the log`, () => {
      const [mistake] = mistakesOf({ AWS_ENDPOINT_URL: url });
      expect(mistake).to.include('AWS_ENDPOINT_URL is "http').and.to.include("://…@host");
      expect(mistake).not.to.match(/user|pass@/);
    });
  }

  it("refuses a proxy that would be passed by, by the name of its variable", () => {
    expect(mistakesOf({ HTTPS_PROXY: "http://proxy:3128" })).to.deep.equal([
      "HTTPS_PROXY is set, and neither the direct writer nor the AWS SDK calls DynamoDB by a proxy: " +
        "add dynamodb.eu-west-1.amazonaws.com to NO_PROXY",
    ]);
    expect(mistakesOf({ all_proxy: "http://proxy:3128" })[0]).to.include("all_proxy is set");
    expect(mistakesOf({ HTTP_PROXY: "http://proxy:3128", AWS_ENDPOINT_URL: "http://table.local:8000" })[0]).to.include(
      "HTTP_PROXY is set",
    );
  });

  for (const [what, environment] of [
    ["of the other protocol", { HTTP_PROXY: "p" }],
    ["that NO_PROXY excepts by a domain", { HTTPS_PROXY: "p", NO_PROXY: "localhost, .amazonaws.com" }],
    ["that NO_PROXY excepts by a host", { HTTPS_PROXY: "p", no_proxy: "dynamodb.eu-west-1.amazonaws.com:443" }],
    ["that NO_PROXY excepts by *", { HTTPS_PROXY: "p", NO_PROXY: "*" }],
    ["for this machine", { HTTP_PROXY: "p", AWS_ENDPOINT_URL: "http://127.0.0.1:8000" }],
  ] as const) {
    it(`takes no notice of a proxy ${what}`, () => {
      expect(mistakesOf(environment)).to.deep.equal([]);
    });
  }

  it("does not except another host, port or domain of a like end", () => {
    for (const NO_PROXY of ["", "other.com", "dynamodb.eu-west-1.amazonaws.com:80", "aws.com", "onaws.com"])
      expect(mistakesOf({ HTTPS_PROXY: "p", NO_PROXY }), NO_PROXY).to.have.length(1);
  });
});
