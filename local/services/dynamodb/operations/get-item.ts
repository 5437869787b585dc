import { consumedCapacity, itemReadConsumption } from './capacity';
import { GetInput, prepareGet } from './get';
import { allOf, operation, tablePermission } from './operation';
import { Database } from '../database';
import { attributes } from '../shapes/attribute-shapes';
import { attributesToGet, expression, expressionAttributeNames, ReturnConsumedCapacity, returnConsumedCapacity, tableNameOrArn } from '../shapes/member-shapes';
import { boolean } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';

interface GetItemInput extends Omit<GetInput, 'ExpressionAttributeValues'> {
  readonly TableName: string;
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const getItemInput = structure<GetItemInput>('GetItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  AttributesToGet: attributesToGet,
  TableName: required(tableNameOrArn),
  Key: required(attributes),
  ConsistentRead: boolean(),
  ProjectionExpression: expression,
  ExpressionAttributeNames: expressionAttributeNames,
});

/** GetItem: all reads are consistent here, whatever the request asks for. */
export function getItem(database: Database) {
  return operation({
    shape: getItemInput,
    wording: 'plain',
    permissions: input => allOf([tablePermission(database, 'GetItem', input.TableName, { keys: [input.Key] })]),
    prepare: input => ({ input, read: prepareGet(input) }),
    run: ({ input, read }) => {
      const table = database.table(input.TableName);
      const { row, item } = read(table);
      return {
        Item: item,
        ConsumedCapacity: consumedCapacity(input.ReturnConsumedCapacity, table, () => itemReadConsumption(row?.size, input.ConsistentRead)),
      };
    },
  });
}
