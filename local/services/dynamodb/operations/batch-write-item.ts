import { addConsumptions, Consumption, consumedCapacity, writeConsumption } from './capacity';
import { itemCollectionMetrics, metricsByTable } from './item-collection';
import { allOf, isObject, operation, tablePermission } from './operation';
import { applyOutcome, prepareDelete, preparePut, Write } from './write';
import { Database } from '../database';
import { validationError } from '../errors';
import { attributes } from '../shapes/attribute-shapes';
import { list, map } from '../shapes/collections';
import { ReturnConsumedCapacity, returnConsumedCapacity, ReturnItemCollectionMetrics, returnItemCollectionMetrics, TABLE_KEYS } from '../shapes/member-shapes';
import { required, structure } from '../shapes/structure';
import { keyAttributes, keyText } from '../tables/key-schema';
import { Table } from '../tables/table';
import { attributeOf, Attributes } from '../values/attribute-value';

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Attributes };
  readonly DeleteRequest?: { readonly Key: Attributes };
}

interface BatchWriteItemInput {
  readonly RequestItems: Readonly<Record<string, readonly WriteRequest[]>>;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

const MOST_REQUESTS = 25;

const writeRequest = structure<WriteRequest>('WriteRequest', {
  PutRequest: structure<NonNullable<WriteRequest['PutRequest']>>('PutRequest', { Item: required(attributes) }),
  DeleteRequest: structure<NonNullable<WriteRequest['DeleteRequest']>>('DeleteRequest', { Key: required(attributes) }),
});

const batchWriteItemInput = structure<BatchWriteItemInput>('BatchWriteItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  RequestItems: required(map(
    'java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>',
    list(writeRequest),
    { values: { minimum: 1, maximum: MOST_REQUESTS }, keys: { ...TABLE_KEYS, told: 'last' } },
  )),
});

/** BatchWriteItem: every write by itself, but none where one of them makes no sense. */
export function batchWriteItem(database: Database) {
  return operation({
    shape: batchWriteItemInput,
    permissions: ({ RequestItems: requests }) => isObject(requests)
      ? allOf(Object.entries(requests).map(([name, writes]) => tablePermission(database, 'BatchWriteItem', name, { keys: keysOf(writes) })))
      : undefined,
    prepare: input => {
      const requests = Object.entries(input.RequestItems);
      if (requests.length === 0) {
        throw validationError('The requestItems parameter is required for BatchWriteItem');
      }
      if (requests.reduce((count, [, writes]) => count + writes.length, 0) > MOST_REQUESTS) {
        throw validationError('Too many items requested for the BatchWriteItem call');
      }
      return { input, writes: requests.map(([name, each]) => ({ name, writes: each.map(request => prepareWrite(name, request)) })) };
    },
    run: ({ input, writes: requests }) => {
      const batches = requests.map(({ name, writes }) => ({ name, writes, table: database.table(name) }));
      batches.forEach(({ table, writes }) => checkWrites(table, writes));
      const done = batches.map(({ name, writes, table }) => {
        const consumptions = writes.map((write): Consumption => {
          const outcome = write.evaluate(table);
          const before = applyOutcome(table, outcome);
          return input.ReturnConsumedCapacity ? writeConsumption(table, before, outcome.after?.item) : { table: 0, indexes: new Map() };
        });
        return {
          name,
          consumed: consumedCapacity(input.ReturnConsumedCapacity, table, () => consumptions.reduce(addConsumptions)),
          metrics: writes.flatMap(({ target }) => itemCollectionMetrics(input.ReturnItemCollectionMetrics, table, target) ?? []),
        };
      });
      database.expiry.schedule();
      return {
        UnprocessedItems: {},
        ItemCollectionMetrics: metricsByTable(done),
        ConsumedCapacity: done.every(({ consumed }) => consumed) ? done.map(({ consumed }) => consumed) : undefined,
      };
    },
  });
}

function keysOf(writes: unknown): unknown[] {
  const members = (Array.isArray(writes) ? writes : []).flatMap(write => isObject(write) ? [write.PutRequest, write.DeleteRequest] : []);
  return members.flatMap(member => isObject(member) ? [member.Item ?? member.Key] : []);
}

function prepareWrite(tableName: string, { PutRequest: put, DeleteRequest: remove }: WriteRequest): Write {
  if (!put === !remove) {
    throw validationError('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
  return put ? preparePut({ TableName: tableName, Item: put.Item }) : prepareDelete({ TableName: tableName, Key: remove!.Key });
}

function checkWrites(table: Table, writes: readonly Write[]): void {
  const keys = new Set<string>();
  for (const write of writes) {
    requireKey(table, write);
    write.check(table);
    keys.add(keyText(table.schema, write.target));
  }
  if (keys.size < writes.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
}

/** In a batch, an item with a wrong key is told like a wrong key. */
function requireKey(table: Table, { target }: Write): void {
  for (const { name, type } of keyAttributes(table.schema)) {
    if (attributeOf(target, name)?.[type] === undefined) {
      throw validationError('The provided key element does not match the schema');
    }
  }
}
