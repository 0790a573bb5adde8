import { defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/logs.ts";
import { byPosition, pageOf } from "../../../wire/pages.ts";
import { compileFilterPattern } from "../filter-pattern.ts";
import {
  EVENTS_PER_PAGE,
  ITEMS_PER_PAGE,
  MAX_BATCH_BYTES,
  MAX_BATCH_SPAN_MS,
  TOO_NEW_MS,
  TOO_OLD_MS,
} from "../limits.ts";
import type { LogEvent, LogGroup, LogStream } from "../log-group.ts";
import { sizeOf } from "../log-group.ts";
import { invalid } from "../names.ts";
import type { LogsStore } from "../store.ts";

/** Putting, reading and filtering events; describing groups and streams. */
export function eventOperations(store: LogsStore): Readonly<Record<string, Operation>> {
  const authorize = store.authorize.bind(store);

  return defineOperations<Inputs>({
    PutLogEvents: {
      authorize: (params, call) => authorize("PutLogEvents", call, params.logGroupName, params.logStreamName),
      run({ logEvents, ...params }, call) {
        const group = store.require(call, params.logGroupName);
        const stream = store.requireStream(group, params.logStreamName);
        checkBatch(logEvents);
        const now = call.clock.now();
        const expired = logEvents.filter((event) => event.timestamp < group.expiresBefore(now)).length;
        const tooOld = logEvents.filter((event) => event.timestamp < now - TOO_OLD_MS).length;
        const firstTooNew = logEvents.findIndex((event) => event.timestamp > now + TOO_NEW_MS);
        const end = firstTooNew < 0 ? logEvents.length : firstTooNew;
        store.append(call, group, stream, logEvents.slice(Math.max(expired, tooOld), end));
        call.note({ events: logEvents.length });
        const rejected = {
          ...(firstTooNew < 0 ? {} : { tooNewLogEventStartIndex: firstTooNew }),
          ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
          ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
        };
        return Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {};
      },
    },

    DescribeLogGroups: {
      authorize: (_params, call) => authorize("DescribeLogGroups", call, ""),
      run(params, call) {
        if (params.logGroupNamePrefix !== undefined && params.logGroupNamePattern !== undefined) {
          throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        const pattern = params.logGroupNamePattern?.toLowerCase();
        const groups = store
          .list(call)
          .filter((group) => group.name.startsWith(params.logGroupNamePrefix ?? ""))
          .filter((group) => pattern === undefined || group.name.toLowerCase().includes(pattern));
        const { page: items, next: nextToken } = page(groups, params, ITEMS_PER_PAGE, ({ name }) => name);
        return { logGroups: items.map(describeGroup), nextToken };
      },
    },

    DescribeLogStreams: {
      authorize: (params, call) => authorize("DescribeLogStreams", call, groupNameOf(params)),
      run(params, call) {
        const isByTime = params.orderBy === "LastEventTime";
        if (isByTime && params.logStreamNamePrefix !== undefined) {
          throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        const streams = [...store.require(call, groupNameOf(params)).streams.values()]
          .filter((stream) => stream.name.startsWith(params.logStreamNamePrefix ?? ""))
          .sort((a, b) => (isByTime ? (a.lastEventAt ?? 0) - (b.lastEventAt ?? 0) : a.name < b.name ? -1 : 1));
        const { page: items, next: nextToken } = page(
          params.descending ? streams.reverse() : streams,
          params,
          ITEMS_PER_PAGE,
          ({ name }) => name,
        );
        return { logStreams: items.map(describeStream), nextToken };
      },
    },

    GetLogEvents: {
      authorize: (params, call) => authorize("GetLogEvents", call, groupNameOf(params), params.logStreamName),
      run(params, call) {
        const group = store.require(call, groupNameOf(params));
        store.requireStream(group, params.logStreamName);
        const events = within(group.events(call.clock.now()), params).filter(
          (event) => event.stream === params.logStreamName,
        );
        const { from, to } = window(events.length, params);
        return {
          events: events
            .slice(from, to)
            .map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
          nextForwardToken: `f/${to}`,
          nextBackwardToken: `b/${from}`,
        };
      },
    },

    FilterLogEvents: {
      authorize: (params, call) => authorize("FilterLogEvents", call, groupNameOf(params)),
      run(params, call) {
        if (params.logStreamNames !== undefined && params.logStreamNamePrefix !== undefined) {
          throw invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        }
        const matches = compileFilterPattern(params.filterPattern ?? "");
        const names = params.logStreamNames && new Set(params.logStreamNames);
        const events = within(store.require(call, groupNameOf(params)).events(call.clock.now()), params).filter(
          (event) =>
            (names?.has(event.stream) ?? true) &&
            event.stream.startsWith(params.logStreamNamePrefix ?? "") &&
            matches(event.message),
        );
        const { page: items, next: nextToken } = page(events, params, EVENTS_PER_PAGE);
        return {
          events: items.map(({ stream, ...event }) => ({ logStreamName: stream, ...event })),
          searchedLogStreams: [],
          nextToken,
        };
      },
    },
  });
}

function groupNameOf(params: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }): string {
  const name = params.logGroupName ?? params.logGroupIdentifier?.replace(/^arn:.*:log-group:/, "").replace(/:\*$/, "");
  if (name === undefined) throw invalid("Either logGroupName or logGroupIdentifier must be given.");
  return name;
}

function checkBatch(events: readonly { timestamp: number; message: string }[]): void {
  const first = events[0]!.timestamp;
  const last = events.at(-1)!.timestamp;
  if (events.some((event, index) => index > 0 && event.timestamp < events[index - 1]!.timestamp)) {
    throw invalid("Log events in a single PutLogEvents request must be in chronological order.");
  }
  if (last - first > MAX_BATCH_SPAN_MS) {
    throw invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  const bytes = events.reduce((sum, event) => sum + sizeOf(event.message), 0);
  if (bytes > MAX_BATCH_BYTES) {
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
}

function within(
  events: readonly LogEvent[],
  params: { startTime?: number | undefined; endTime?: number | undefined },
): readonly LogEvent[] {
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = params;
  return events.filter((event) => event.timestamp >= startTime && event.timestamp < endTime);
}

/**
 * One page of a list.
 * @param keyOf an element's unique key; default: its position, for lists that only grow at their end.
 * @throws AwsError InvalidParameterException.
 */
function page<T>(
  all: readonly T[],
  params: { limit?: number; nextToken?: string },
  usual: number,
  keyOf: (element: T, index: number) => string = byPosition,
) {
  const { limit = usual, nextToken: token } = params;
  return pageOf(all, { limit, token }, keyOf, () => invalid("The specified nextToken is invalid."));
}

/** Which events GetLogEvents gives: the newest, or from the head, or on from a token in its direction. */
function window(
  count: number,
  params: { limit?: number; startFromHead?: boolean; nextToken?: string },
): { from: number; to: number } {
  const { limit = EVENTS_PER_PAGE } = params;
  const [, direction, position] = /^([fb])\/(\d+)$/.exec(params.nextToken ?? "") ?? [];
  if (params.nextToken !== undefined && direction === undefined) throw invalid("The specified nextToken is invalid.");
  const at = Math.min(Number(position ?? 0), count);
  if (direction === "f" || (direction === undefined && params.startFromHead)) {
    return { from: at, to: Math.min(at + limit, count) };
  }
  const to = direction === "b" ? at : count;
  return { from: Math.max(0, to - limit), to };
}

function describeGroup(group: LogGroup) {
  return {
    logGroupName: group.name,
    creationTime: Math.floor(group.createdAt),
    retentionInDays: group.settings.retentionInDays,
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    storedBytes: group.storedBytes(),
    kmsKeyId: group.settings.kmsKeyId,
    logGroupClass: group.settings.logGroupClass,
    logGroupArn: group.arn,
    deletionProtectionEnabled: group.settings.isDeletionProtected,
  };
}

function describeStream(stream: LogStream) {
  return {
    logStreamName: stream.name,
    creationTime: Math.floor(stream.createdAt),
    firstEventTimestamp: stream.firstEventAt,
    lastEventTimestamp: stream.lastEventAt,
    lastIngestionTime: stream.lastIngestedAt,
    arn: stream.arn,
    storedBytes: 0,
  };
}
