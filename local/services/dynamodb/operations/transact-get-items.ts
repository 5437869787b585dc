import { addConsumptions, consumedCapacity, Consumption, itemReadConsumption } from './capacity';
import { Found, GetInput, prepareGet } from './get';
import { allOf, isObject, operation, tablePermission } from './operation';
import { Reason, refuseDuplicates, requireAll } from './transaction';
import { Database } from '../database';
import { EmptyKeyError } from '../errors';
import { attributes } from '../shapes/attribute-shapes';
import { list } from '../shapes/collections';
import { expression, expressionAttributeNames, ReturnConsumedCapacity, returnConsumedCapacity, tableNameOrArn } from '../shapes/member-shapes';
import { required, structure } from '../shapes/structure';
import { Table } from '../tables/table';

interface Get extends Omit<GetInput, 'AttributesToGet' | 'ExpressionAttributeValues'> {
  readonly TableName: string;
}

interface TransactGetItemsInput {
  readonly TransactItems: readonly { readonly Get: Get }[];
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const transactGetItemsInput = structure<TransactGetItemsInput>('TransactGetItemsInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TransactItems: required(list(structure<TransactGetItemsInput['TransactItems'][number]>('TransactGetItem', {
    Get: required(structure<Get>('Get', {
      TableName: required(tableNameOrArn),
      Key: required(attributes),
      ProjectionExpression: expression,
      ExpressionAttributeNames: expressionAttributeNames,
    })),
  }), { model: { minimum: 1, maximum: 100 } })),
});

/** TransactGetItems: all items as they are at one moment. */
export function transactGetItems(database: Database) {
  return operation({
    shape: transactGetItemsInput,
    permissions: ({ TransactItems: items }) => Array.isArray(items) ? allOf(items.map(item => itemPermission(database, item))) : undefined,
    prepare: input => ({ input, reads: input.TransactItems.map(({ Get: get }) => ({ tableName: get.TableName, target: get.Key, read: prepareGet(get) })) }),
    run: ({ input, reads }) => {
      const targets = reads.map(({ tableName, target, read }) => ({ table: database.table(tableName), target, read }));
      refuseDuplicates(targets);
      const found = requireAll(targets.map(({ table, read }) => attempt(table, read)));
      return {
        Responses: found.map(({ item }) => item ? { Item: item } : {}),
        ConsumedCapacity: capacityByTable(input.ReturnConsumedCapacity, targets.map(({ table }, index) => ({ table, found: found[index] }))),
      };
    },
  });
}

function itemPermission(database: Database, item: unknown) {
  return isObject(item) && isObject(item.Get)
    ? tablePermission(database, 'GetItem', item.Get.TableName, { keys: [item.Get.Key], context: { 'dynamodb:EnclosingOperation': 'TransactGetItems' } })
    : undefined;
}

function attempt(table: Table, read: (table: Table) => Found): Found | Reason {
  try {
    return read(table);
  } catch (error) {
    if (error instanceof EmptyKeyError) {
      throw error;
    }
    return Reason.of(error);
  }
}

/** The capacity of all tables that a transaction reads. */
function capacityByTable(wanted: ReturnConsumedCapacity | undefined, reads: readonly { readonly table: Table; readonly found: Found }[]) {
  const byTable = new Map<Table, Consumption>();
  for (const { table, found } of reads) {
    const consumption = itemReadConsumption(found.row?.size, true);
    const other = byTable.get(table);
    byTable.set(table, other ? addConsumptions(other, consumption) : consumption);
  }
  const all = [...byTable].flatMap(([table, consumption]) => consumedCapacity(wanted, table, () => consumption, 'Read') ?? []);
  return all.length > 0 ? all : undefined;
}
