import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import type { Properties, ResourceContext } from "../../../../local/resource-types/resource-type.ts";
import { MAX_GROUP_BYTES } from "../../../../local/services/logs/limits.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";

const ACCOUNT = "111111111111";
const REGION = "us-east-1";
const START = Date.UTC(2026, 2, 1, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const GROUP_ARN = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/app`;

describe("CloudWatch Logs", () => {
  let cloud: Cloud;
  let administrator: Principal;
  let context: ResourceContext;

  beforeEach(async () => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: START });
    administrator = cloud.accounts.ensure(ACCOUNT).administrator.principal;
    context = {
      store: undefined,
      principal: cloud.accounts.ensure(ACCOUNT).administrator.principal,
      accountId: ACCOUNT,
      region: REGION,
      partition: "aws",
      urn: "",
      defaultTags: { project: "tributary" },
    };
  });

  afterEach(() => cloud.close());

  it("associates a group with a key, from its making or later, and tells it back", async () => {
    const keyOf = async (logGroupNamePrefix: string) => {
      const { logGroups } = await call<{ logGroups: { kmsKeyId?: string }[] }>("DescribeLogGroups", {
        logGroupNamePrefix,
      });
      return logGroups[0]?.kmsKeyId;
    };
    const key = (name: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`;
    await call("CreateLogGroup", { logGroupName: "/keyed", kmsKeyId: key("one") });
    expect(await keyOf("/keyed")).to.equal(key("one"));
    await call("AssociateKmsKey", { logGroupName: "/keyed", kmsKeyId: key("two") });
    expect(await keyOf("/keyed")).to.equal(key("two"));
    await call("DisassociateKmsKey", { logGroupName: "/keyed" });
    expect(await keyOf("/keyed")).to.equal(undefined);
    const error = await call("AssociateKmsKey", { logGroupName: "/keyed", kmsKeyId: "alias/logs" }).catch(String);
    expect(error).to.contain("The specified KMS Key Id could not be found.");
  });

  const groupType = () => cloud.registry.resourceTypes.get("aws:cloudwatch/logGroup:LogGroup")!;
  const makeGroup = (more: Properties = {}) =>
    groupType().create(groupType().inputs.parse({ name: "/app", ...more }) as Properties, context);
  const call = <T = Record<string, unknown>>(operation: string, params: unknown, principal = administrator) =>
    cloud.call({ service: "logs", operation, params, principal, region: REGION }) as Promise<T>;
  const stream = (logStreamName: string) => call("CreateLogStream", { logGroupName: "/app", logStreamName });
  const put = (logStreamName: string, ...logEvents: [timestamp: number, message: string][]) =>
    call("PutLogEvents", {
      logGroupName: "/app",
      logStreamName,
      logEvents: logEvents.map(([timestamp, message]) => ({ timestamp, message })),
    });
  const messages = async (params: Properties = {}) => {
    const { events } = await call<{ events: { message: string }[] }>("FilterLogEvents", {
      logGroupName: "/app",
      ...params,
    });
    return events.map(({ message }) => message);
  };
  const failure = async (work: Promise<unknown>) => {
    try {
      await work;
      return "no failure";
    } catch (error) {
      return String(error);
    }
  };

  it("refuses a parameter that cannot be as Logs does", async () => {
    const params = { logGroupName: "/a b", limit: 10_001 };
    expect(await failure(call("FilterLogEvents", params))).to.match(
      /^InvalidParameterException: 2 validation errors detected: Value '\/a b' at 'logGroupName' .*; Value '10001' at 'limit' /,
    );
    expect(await failure(call("PutRetentionPolicy", { logGroupName: "/app", retentionInDays: 8 }))).to.match(
      /^InvalidParameterException: retentionInDays: must be one of 1, 3, 5/,
    );
    const withName = { logGroupName: "/app", kmsKeyId: "alias/mine" };
    expect(await failure(call("CreateLogGroup", withName))).to.equal(
      "InvalidParameterException: The specified KMS Key Id could not be found.",
    );
    expect(await failure(call("AssociateKmsKey", withName))).to.match(/The specified KMS Key Id could not be found\.$/);
    expect(await failure(call("DisassociateKmsKey", {}))).to.equal(
      "InvalidParameterException: logGroupName must be given.",
    );
  });

  it("makes a group and a stream with their computed properties", async () => {
    const { id, outputs } = await makeGroup({ retentionInDays: 7 });
    expect(id).to.equal("/app");
    expect(outputs).to.deep.include({
      arn: GROUP_ARN,
      name: "/app",
      retentionInDays: 7,
      logGroupClass: "STANDARD",
      tagsAll: { project: "tributary" },
    });
    const streamType = cloud.registry.resourceTypes.get("aws:cloudwatch/logStream:LogStream")!;
    const made = await streamType.create({ name: "delivery", logGroupName: "/app" }, context);
    expect(made.outputs).to.deep.include({ arn: `${GROUP_ARN}:log-stream:delivery`, name: "delivery" });
  });

  it("refuses a retention that AWS does not have, and arguments that it does not have", () => {
    expect(groupType().inputs.safeParse({ name: "a", retentionInDays: 8 }).error?.issues[0]?.message).to.match(
      /^must be one of 0, 1, 3/,
    );
    expect(JSON.stringify(groupType().inputs.safeParse({ name: "a", namePrefix: "b" }).error)).to.include("namePrefix");
  });

  it("keeps a group whose destruction is to be skipped, and one that is protected", async () => {
    const skipped = await makeGroup({ skipDestroy: true });
    await groupType().delete("/app", skipped.outputs, context);
    expect(cloud.services.logs.store.named(context, "/app")?.arn).to.equal(GROUP_ARN);
    const { outputs } = await makeGroup({ name: "/protected", deletionProtectionEnabled: true });
    const deleted = (async () => groupType().delete("/protected", outputs, context))();
    expect(await failure(deleted)).to.match(/^ValidationException: The log group \/protected has deletion protection/);
  });

  it("keeps what the program leaves out and the service decides, also when something else changes", async () => {
    const { outputs } = await makeGroup({ deletionProtectionEnabled: true, logGroupClass: "INFREQUENT_ACCESS" });
    const inputs = groupType().inputs.parse({ name: "/app", retentionInDays: 7 }) as Properties;
    await groupType().update("/app", inputs, outputs, context);
    expect(cloud.services.logs.store.named(context, "/app")?.settings).to.include({
      isDeletionProtected: true,
      logGroupClass: "INFREQUENT_ACCESS",
      retentionInDays: 7,
    });
  });

  it("refuses a name that there is, of a group and of a stream", async () => {
    await makeGroup();
    const again = (async () => makeGroup())();
    expect(await failure(again)).to.equal("ResourceAlreadyExistsException: The specified log group already exists");
    const inputs = { name: "delivery", logGroupName: "/app" };
    await cloud.registry.resourceTypes.get("aws:cloudwatch/logStream:LogStream")!.create(inputs, context);
    const twice = (async () =>
      cloud.registry.resourceTypes.get("aws:cloudwatch/logStream:LogStream")!.create(inputs, context))();
    expect(await failure(twice)).to.equal("ResourceAlreadyExistsException: The specified log stream already exists");
  });

  it("wants a stream to be imported with its group", async () => {
    const read = (async () =>
      cloud.registry.resourceTypes.get("aws:cloudwatch/logStream:LogStream")!.read("delivery", {}, context))();
    expect(await failure(read)).to.match(/A log stream is imported as <log group>:<log stream>, got delivery/);
  });

  it("keeps events as long as PutRetentionPolicy says, and for ever after DeleteRetentionPolicy", async () => {
    await makeGroup();
    await stream("a");
    await call("PutRetentionPolicy", { logGroupName: "/app", retentionInDays: 1 });
    await put("a", [START, "old"]);
    await call("DeleteRetentionPolicy", { logGroupName: "/app" });
    await cloud.clock.advance(2 * DAY_MS);
    expect(await messages()).to.deep.equal(["old"]);
    await call("PutRetentionPolicy", { logGroupName: "/app", retentionInDays: 1 });
    expect(await messages()).to.deep.equal([]);
    expect(await failure(call("PutRetentionPolicy", { logGroupName: "/app", retentionInDays: 8 }))).to.match(
      /retentionInDays: must be one of 1, 3, 5/,
    );
  });

  it("deletes a stream with its events, and a group with all that is in it", async () => {
    await makeGroup();
    await stream("a");
    await stream("b");
    await put("a", [START, "gone"]);
    await put("b", [START, "kept"]);
    await call("DeleteLogStream", { logGroupName: "/app", logStreamName: "a" });
    expect(await messages()).to.deep.equal(["kept"]);
    expect(await failure(call("DeleteLogStream", { logGroupName: "/app", logStreamName: "a" }))).to.equal(
      "ResourceNotFoundException: The specified log stream does not exist.",
    );
    await call("DeleteLogGroup", { logGroupName: "/app" });
    expect(await failure(messages())).to.equal("ResourceNotFoundException: The specified log group does not exist.");
    await makeGroup({ deletionProtectionEnabled: true });
    await stream("a");
    expect(await failure(call("DeleteLogGroup", { logGroupName: "/app" }))).to.match(/^ValidationException/);
    expect(await failure(call("DeleteLogStream", { logGroupName: "/app", logStreamName: "a" }))).to.match(
      /^ValidationException/,
    );
  });

  it("tags a group by its ARN, and says so", async () => {
    await makeGroup({ tags: { team: "data" } });
    const resourceArn = GROUP_ARN;
    const tags = async () => (await call<{ tags: object }>("ListTagsForResource", { resourceArn })).tags;
    await call("TagResource", { resourceArn, tags: { owner: "ops" } });
    expect(await tags()).to.deep.equal({ project: "tributary", team: "data", owner: "ops" });
    await call("UntagResource", { resourceArn, tagKeys: ["team", "none"] });
    expect(await tags()).to.deep.equal({ project: "tributary", owner: "ops" });
    expect(await failure(call("ListTagsForResource", { resourceArn: `${GROUP_ARN}2` }))).to.match(
      /^ResourceNotFoundException/,
    );
    // An ARN may not end with an asterisk (API reference).
    expect(await failure(call("ListTagsForResource", { resourceArn: `${GROUP_ARN}:*` }))).to.match(
      /^InvalidParameterException: 1 validation error detected: Value '.*:\*' at 'resourceArn'/,
    );
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key${index}`, ""]));
    expect(await failure(call("TagResource", { resourceArn, tags: many }))).to.match(/^TooManyTagsException/);
  });

  it("refuses groups and streams that are not there, and streams that are there already", async () => {
    expect(await failure(stream("a"))).to.equal("ResourceNotFoundException: The specified log group does not exist.");
    await makeGroup();
    expect(await failure(put("a", [START, "x"]))).to.equal(
      "ResourceNotFoundException: The specified log stream does not exist.",
    );
    await stream("a");
    expect(await failure(stream("a"))).to.equal(
      "ResourceAlreadyExistsException: The specified log stream already exists",
    );
  });

  it("finds events by stream, time and words, in the order of their times", async () => {
    await makeGroup();
    await stream("a");
    await stream("b");
    await put("a", [START + 1, "ERROR one timeout"], [START + 3, "INFO three"]);
    await put("b", [START + 2, "ERROR two"]);
    expect(await messages()).to.deep.equal(["ERROR one timeout", "ERROR two", "INFO three"]);
    expect(await messages({ logStreamNames: ["b"] })).to.deep.equal(["ERROR two"]);
    expect(await messages({ startTime: START + 2, endTime: START + 3 })).to.deep.equal(["ERROR two"]);
    expect(await messages({ filterPattern: "ERROR timeout" })).to.deep.equal(["ERROR one timeout"]);
    expect(await messages({ filterPattern: "?INFO ?two" })).to.deep.equal(["ERROR two", "INFO three"]);
    expect(await messages({ filterPattern: 'ERROR -"one timeout"' })).to.deep.equal(["ERROR two"]);
    expect(await failure(messages({ filterPattern: '{ $.level = "ERROR" }' }))).to.match(
      /does not support the filter pattern/,
    );
  });

  it("drops events when their retention ends, in cloud time", async () => {
    await makeGroup({ retentionInDays: 1 });
    await stream("a");
    await put("a", [START, "old"], [START + HOUR_MS, "young"]);
    await cloud.clock.advance(DAY_MS + 1);
    expect(await messages()).to.deep.equal(["young"]);
    const answer = await put("a", [START, "expired"], [START + DAY_MS, "kept"]);
    expect(answer).to.deep.equal({ rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 } });
    expect(await messages()).to.deep.equal(["young", "kept"]);
  });

  it("rejects events of more than 14 days ago and of more than two hours ahead, and takes the rest", async () => {
    await makeGroup();
    await stream("a");
    expect(await put("a", [START - 14 * DAY_MS - 1, "old"])).to.deep.equal({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
    expect(await put("a", [START, "now"], [START + 2 * HOUR_MS + 1, "ahead"])).to.deep.equal({
      rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 },
    });
    expect(await messages()).to.deep.equal(["now"]);
  });

  it("refuses a batch out of order, over a day, or over 1 MiB", async () => {
    await makeGroup();
    await stream("a");
    expect(await failure(put("a", [START, "x"], [START - 1, "y"]))).to.match(/must be in chronological order/);
    expect(await failure(put("a", [START - DAY_MS - 1, "x"], [START, "y"]))).to.match(/cannot span more than 24 hours/);
    const limit = 1_048_576 - 26;
    expect(await failure(put("a", [START, "x".repeat(limit + 1)]))).to.match(
      /Upload too large: 1048577 bytes exceeds limit of 1048576/,
    );
    expect(await put("a", [START, "x".repeat(limit)])).to.deep.equal({});
  });

  it("keeps the newest events of a group that outgrows its memory", async () => {
    await makeGroup();
    await stream("a");
    for (let index = 0; index < 20; index++) await put("a", [START + index, `${index} `.padEnd(1_000_000, "x")]);
    const kept = (await messages()).map((message) => Number(message.split(" ")[0]));
    expect(kept.at(-1)).to.equal(19);
    expect(kept[0]).to.be.greaterThan(0);
    expect(kept.length * 1_000_026).to.be.at.most(MAX_GROUP_BYTES);
  });

  it("drops events and keeps groups and streams when the cloud is emptied", async () => {
    await makeGroup();
    await stream("a");
    await put("a", [START, "x"]);
    cloud.emptyData();
    expect(await messages()).to.deep.equal([]);
    expect(await failure(stream("a"))).to.match(/^ResourceAlreadyExistsException/);
  });

  it("asks IAM about the stream for writing it, as AWS does", async () => {
    await makeGroup();
    const role = cloud.services.iam.store.addRole(
      { accountId: ACCOUNT, region: "us-east-1" },
      {
        name: "function",
        path: "/",
        trustPolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        description: "",
        maxSessionDurationSeconds: 3600,
        tags: {},
      },
    );
    cloud.services.iam.store.putRolePolicy(role, "logs", {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${GROUP_ARN}:*` },
      ],
    });
    const { principal } = assumeForService(cloud, {
      roleArn: role.arn,
      servicePrincipal: servicePrincipal("lambda.amazonaws.com"),
      sessionName: "function",
    });
    await call("CreateLogStream", { logGroupName: "/app", logStreamName: "own" }, principal);
    expect(await failure(call("FilterLogEvents", { logGroupName: "/app" }, principal))).to.match(
      /^AccessDeniedException: .*logs:FilterLogEvents on resource: .*:log-group:\/app:log-stream: because no identity-based policy/,
    );
    expect(await failure(call("DeleteLogGroup", { logGroupName: "/app" }, principal))).to.match(
      /logs:DeleteLogGroup on resource: .*:log-group:\/app:log-stream: because/,
    );
    expect(await failure(call("ListTagsForResource", { resourceArn: GROUP_ARN }, principal))).to.match(
      /logs:ListTagsForResource on resource: .*:log-group:\/app because/,
    );
    expect(await failure(call("CreateLogStream", { logGroupName: "/other", logStreamName: "x" }, principal))).to.match(
      /logs:CreateLogStream on resource: arn:aws:logs:us-east-1:111111111111:log-group:\/other:log-stream:x because/,
    );
  });

  it("lists all groups, page by page, to a client that deletes what it lists", async () => {
    const names = ["/a", "/b", "/c", "/d", "/e"];
    for (const logGroupName of names) await call("CreateLogGroup", { logGroupName });
    const deleted: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await call<{ logGroups: { logGroupName: string }[]; nextToken?: string }>("DescribeLogGroups", {
        limit: 2,
        nextToken,
      });
      for (const { logGroupName } of page.logGroups) {
        await call("DeleteLogGroup", { logGroupName });
        deleted.push(logGroupName);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(deleted).to.deep.equal(names);
  });

  it("is read and written by an SDK", async () => {
    await makeGroup({ retentionInDays: 30 });
    const door = new FrontDoor(cloud);
    const { endpointUrl: endpoint } = await door.listen();
    const { credentials } = cloud.accounts.ensure(ACCOUNT).administrator;
    const client = new CloudWatchLogsClient({ endpoint, region: REGION, credentials });
    const place = { logGroupName: "/app", logStreamName: "sdk" };
    try {
      await client.send(new CreateLogStreamCommand(place));
      await client.send(
        new PutLogEventsCommand({
          ...place,
          logEvents: [1, 2, 3].map((n) => ({ timestamp: START + n, message: `event ${n}` })),
        }),
      );
      const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/a" }));
      expect(logGroups?.[0]).to.deep.include({
        logGroupName: "/app",
        arn: `${GROUP_ARN}:*`,
        retentionInDays: 30,
        creationTime: START,
      });
      const { logStreams } = await client.send(
        new DescribeLogStreamsCommand({ logGroupName: "/app", orderBy: "LastEventTime" }),
      );
      expect(logStreams?.[0]).to.deep.include({
        logStreamName: "sdk",
        firstEventTimestamp: START + 1,
        lastEventTimestamp: START + 3,
      });
      const filtered = await client.send(new FilterLogEventsCommand({ logGroupIdentifier: GROUP_ARN, limit: 2 }));
      expect(filtered.events?.map(({ message }) => message)).to.deep.equal(["event 1", "event 2"]);
      const newest = await client.send(new GetLogEventsCommand({ ...place, limit: 2 }));
      expect(newest.events?.map(({ message }) => message)).to.deep.equal(["event 2", "event 3"]);
      const before = await client.send(
        new GetLogEventsCommand({ ...place, limit: 2, nextToken: newest.nextBackwardToken }),
      );
      expect(before.events?.map(({ message }) => message)).to.deep.equal(["event 1"]);
      const after = await client.send(new GetLogEventsCommand({ ...place, nextToken: newest.nextForwardToken }));
      expect(after.events).to.deep.equal([]);
      expect(after.nextForwardToken).to.equal(newest.nextForwardToken);
    } finally {
      client.destroy();
      await door.close();
    }
  });
});
