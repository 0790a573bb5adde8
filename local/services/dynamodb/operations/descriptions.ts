import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/dynamodb.ts";
import { pageAfter } from "../../../wire/pages.ts";
import { describeBackups, describeTable } from "../describe.ts";
import type { DynamoDbStore } from "../store.ts";

const TABLES_PER_LIST = 100;

/** Describing and listing tables. */
export function describeOperations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  const authorize = (action: string) => (params: { TableName: string }, call: Call) =>
    store.authorize(`dynamodb:${action}`, params.TableName, call);
  return defineOperations<Inputs>({
    DescribeTable: {
      authorize: authorize("DescribeTable"),
      run: (params, call) => ({ Table: describeTable(store.requireNamed(params.TableName, call)) }),
    },
    ListTables: {
      authorize: () => [{ action: "dynamodb:ListTables", resource: "*" }],
      run(params, call) {
        const { Limit: limit = TABLES_PER_LIST, ExclusiveStartTableName: after } = params;
        const names = store.list(call).map(({ name }) => name);
        const { page, next } = pageAfter(names, { limit, after }, (name) => name);
        return { TableNames: page, ...(next !== undefined && { LastEvaluatedTableName: next }) };
      },
    },
    DescribeTimeToLive: {
      authorize: authorize("DescribeTimeToLive"),
      run(params, call) {
        const attribute = store.require(params.TableName, call).settings.ttlAttribute;
        return {
          TimeToLiveDescription:
            attribute === undefined
              ? { TimeToLiveStatus: "DISABLED" }
              : { TimeToLiveStatus: "ENABLED", AttributeName: attribute },
        };
      },
    },
    DescribeContinuousBackups: {
      authorize: authorize("DescribeContinuousBackups"),
      run: (params, call) => describeBackups(store.require(params.TableName, call), call.clock.now()),
    },
  });
}
