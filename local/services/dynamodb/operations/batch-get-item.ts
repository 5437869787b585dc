import { consumedCapacity, Consumption, itemReadConsumption, addConsumptions } from './capacity';
import { getItemOf, prepareGetProjection } from './get';
import { allOf, isObject, operation, tablePermission } from './operation';
import { ProjectionInput } from './projection-input';
import { Database } from '../database';
import { validationError } from '../errors';
import { PlaceholderInput } from '../expressions/placeholders';
import { attributes } from '../shapes/attribute-shapes';
import { list, map } from '../shapes/collections';
import { attributesToGet, expression, expressionAttributeNames, ReturnConsumedCapacity, returnConsumedCapacity, TABLE_KEYS } from '../shapes/member-shapes';
import { boolean } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';
import { checkKey, keyText } from '../tables/key-schema';
import { Table } from '../tables/table';
import { Attributes, setMember } from '../values/attribute-value';
import { MAXIMUM_ITEM_SIZE } from '../values/item-size';

interface KeysAndAttributes extends ProjectionInput, Omit<PlaceholderInput, 'ExpressionAttributeValues'> {
  readonly Keys: readonly Attributes[];
  readonly ConsistentRead?: boolean;
}

interface BatchGetItemInput {
  readonly RequestItems: Readonly<Record<string, KeysAndAttributes>>;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const MOST_KEYS = 100;
const LARGEST_ANSWER = 16 * 1024 * 1024;
/** A partition answers a megabyte, and the item that exceeds it. Tables here are of one partition, as those of less than 10 GB mostly are. */
const LARGEST_PARTITION = 1024 * 1024 + MAXIMUM_ITEM_SIZE - 3;

const keysAndAttributes = structure<KeysAndAttributes>('KeysAndAttributes', {
  Keys: required(list(attributes, { model: { minimum: 1, maximum: MOST_KEYS } })),
  AttributesToGet: attributesToGet,
  ConsistentRead: boolean(),
  ProjectionExpression: expression,
  ExpressionAttributeNames: expressionAttributeNames,
});

const batchGetItemInput = structure<BatchGetItemInput>('BatchGetItemInput', {
  RequestItems: required(map('com.amazonaws.dynamodb.v20120810.KeysAndAttributes', keysAndAttributes, { model: { minimum: 1 }, keys: { ...TABLE_KEYS, print: JSON.stringify } })),
  ReturnConsumedCapacity: returnConsumedCapacity,
});

/** BatchGetItem. */
export function batchGetItem(database: Database) {
  return operation({
    shape: batchGetItemInput,
    wording: 'plain',
    permissions: ({ RequestItems: requests }) => isObject(requests)
      ? allOf(Object.entries(requests).map(([name, request]) => tablePermission(database, 'BatchGetItem', name, { keys: keysOf(request) })))
      : undefined,
    prepare: input => {
      const reads = Object.entries(input.RequestItems).map(([name, request]) => {
        const projection = prepareGetProjection(request, request.Keys);
        refuseRepeated(request.Keys);
        return { name, request, projection };
      });
      if (reads.reduce((count, { request }) => count + request.Keys.length, 0) > MOST_KEYS) {
        throw validationError('Too many items requested for the BatchGetItem call');
      }
      return { input, reads };
    },
    run: ({ input, reads }) => {
      const batch = new BatchAnswer();
      const targets = reads.map(read => ({ ...read, table: database.table(read.name) }));
      targets.forEach(({ table, request }) => refuseDuplicates(table, request.Keys));
      const consumed = targets.map(({ name, request, projection, table }) => {
        const consumptions = request.Keys.map((key): Consumption => {
          const { row, item } = getItemOf(table, key, projection);
          const left = item && !batch.add(name, item, row!.size);
          if (left) {
            batch.leave(name, request, key);
          }
          return itemReadConsumption(left ? undefined : row?.size, request.ConsistentRead);
        });
        batch.responses[name] ??= [];
        return consumedCapacity(input.ReturnConsumedCapacity, table, () => consumptions.reduce(addConsumptions));
      });
      return {
        Responses: batch.responses,
        UnprocessedKeys: batch.unprocessed,
        ConsumedCapacity: consumed.every(each => each) ? consumed : undefined,
      };
    },
  });
}

function keysOf(request: unknown): unknown[] {
  return isObject(request) && Array.isArray(request.Keys) ? request.Keys : [];
}

/** The items that fit into an answer, and the keys of those that do not. */
class BatchAnswer {
  readonly responses: Record<string, Attributes[]> = Object.create(null);
  readonly unprocessed: Record<string, KeysAndAttributes> = Object.create(null);
  private size = 0;
  private readonly sizes = new Map<string, number>();

  /** False where the item does not fit any more. */
  add(name: string, item: Attributes, size: number): boolean {
    const ofTable = (this.sizes.get(name) ?? 0) + size;
    if (ofTable > LARGEST_PARTITION || this.size + size > LARGEST_ANSWER) {
      return false;
    }
    this.sizes.set(name, ofTable);
    this.size += size;
    (this.responses[name] ??= []).push(item);
    return true;
  }

  leave(name: string, request: KeysAndAttributes, key: Attributes): void {
    setMember(this.unprocessed, name, { ...request, Keys: [...this.unprocessed[name]?.Keys ?? [], key] });
  }
}

/** Refuses keys that are told twice, whatever the key of the table is. */
function refuseRepeated(keys: readonly Attributes[]): void {
  const texts = new Set(keys.map(key => JSON.stringify(Object.entries(key).sort(([left], [right]) => left < right ? -1 : 1))));
  if (texts.size < keys.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
}

function refuseDuplicates(table: Table, keys: readonly Attributes[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    checkKey(table.schema, key);
    seen.add(keyText(table.schema, key));
  }
  if (seen.size < keys.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
}
