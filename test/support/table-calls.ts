import { expect } from "chai";
import type { ServiceStage } from "./service-stage.ts";

type Item = Record<string, unknown>;

/** Calls to one table called `events`, with hash key `h` and range key `r`. */
export function tableCalls(stage: () => ServiceStage) {
  const call = <T>(operation: string, params: object) => stage().call<T>("dynamodb", operation, params);
  const refusal = (operation: string, params: object) => stage().refusal("dynamodb", operation, params);
  const make = (inputs: object = {}) =>
    stage().make("aws:dynamodb/table:Table", {
      name: "events",
      hashKey: "h",
      rangeKey: "r",
      attributes: [
        { name: "h", type: "S" },
        { name: "r", type: "S" },
      ],
      billingMode: "PAY_PER_REQUEST",
      ...inputs,
    });
  const key = (r = "1") => ({ h: { S: "a" }, r: { S: r } });
  const put = (item: Item) => call<object>("PutItem", { TableName: "events", Item: item });
  const putRefusal = async (item: Item) => {
    const { code, message } = await refusal("PutItem", { TableName: "events", Item: item });
    expect(code).to.equal("ValidationException");
    return message;
  };
  const get = async (r = "1") =>
    (await call<{ Item?: Item }>("GetItem", { TableName: "events", Key: key(r), ConsistentRead: true })).Item;
  const batch = <T = { UnprocessedItems: Record<string, object[]> }>(items: Item[], more: object = {}) =>
    call<T>("BatchWriteItem", {
      RequestItems: { events: items.map((Item) => ({ PutRequest: { Item } })) },
      ...more,
    });
  const batchRefusal = (items: Item[]) =>
    refusal("BatchWriteItem", { RequestItems: { events: items.map((Item) => ({ PutRequest: { Item } })) } });
  const count = async () => (await call<{ Count: number }>("Scan", { TableName: "events", Select: "COUNT" })).Count;
  return { call, refusal, make, key, put, putRefusal, get, batch, batchRefusal, count };
}
