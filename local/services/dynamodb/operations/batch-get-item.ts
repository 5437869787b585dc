import { consumedCapacity, Consumption, itemReadConsumption, addConsumptions } from './capacity';
import { getItemOf, prepareGetProjection } from './get';
import { allOf, isObject, operation, tablePermission } from './operation';
import { ProjectionInput } from './projection-input';
import { Database } from '../database';
import { validationError } from '../errors';
import { PlaceholderInput } from '../expressions/placeholders';
import { attributes } from '../shapes/attribute-shapes';
import { attributesToGet, expression, expressionAttributeNames, ReturnConsumedCapacity, returnConsumedCapacity, TABLE_KEYS } from '../shapes/member-shapes';
import { boolean, list, map } from '../shapes/shape';
import { required, structure } from '../shapes/structure';
import { checkKey, keyText } from '../tables/key-schema';
import { Table } from '../tables/table';
import { Attributes, setMember } from '../values/attribute-value';
import { checkAttributes } from '../values/check-value';

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

const keysAndAttributes = structure<KeysAndAttributes>('KeysAndAttributes', {
  Keys: required(list(attributes, { model: { minimum: 1, maximum: MOST_KEYS } })),
  AttributesToGet: attributesToGet,
  ConsistentRead: boolean(),
  ProjectionExpression: expression,
  ExpressionAttributeNames: expressionAttributeNames,
});

const batchGetItemInput = structure<BatchGetItemInput>('BatchGetItemInput', {
  RequestItems: required(map('com.amazonaws.dynamodb.v20120810.KeysAndAttributes', keysAndAttributes, { model: { minimum: 1 }, keys: TABLE_KEYS })),
  ReturnConsumedCapacity: returnConsumedCapacity,
});

/** BatchGetItem. */
export function batchGetItem(database: Database) {
  return operation({
    shape: batchGetItemInput,
    permissions: ({ RequestItems: requests }) => isObject(requests)
      ? allOf(Object.entries(requests).map(([name, request]) => tablePermission(database, 'BatchGetItem', name, { keys: keysOf(request) })))
      : undefined,
    prepare: input => {
      const reads = Object.entries(input.RequestItems).map(([name, request]) => {
        request.Keys.forEach(checkAttributes);
        return { name, request, projection: prepareGetProjection(request) };
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
          if (item && !batch.add(name, item, row!.size)) {
            batch.leave(name, request, key);
          }
          return itemReadConsumption(row?.size, request.ConsistentRead);
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

  /** False where the item does not fit any more. */
  add(name: string, item: Attributes, size: number): boolean {
    if (this.size + size > LARGEST_ANSWER) {
      return false;
    }
    this.size += size;
    (this.responses[name] ??= []).push(item);
    return true;
  }

  leave(name: string, request: KeysAndAttributes, key: Attributes): void {
    setMember(this.unprocessed, name, { ...request, Keys: [...this.unprocessed[name]?.Keys ?? [], key] });
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
