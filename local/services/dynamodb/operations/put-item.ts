import { consumedCapacity, writeConsumption } from './capacity';
import { itemCollectionMetrics } from './item-collection';
import { PutItemInput, putItemInput } from './item-shapes';
import { allOf, operation, tablePermission } from './operation';
import { applyOutcome, preparePut } from './write';
import { Database } from '../database';
import { validationError } from '../errors';

/** PutItem. */
export function putItem(database: Database) {
  return operation({
    shape: putItemInput,
    wording: 'counted',
    permissions: input => allOf([tablePermission(database, 'PutItem', input.TableName, { keys: [input.Item] })]),
    prepare: input => {
      refuseUpdatedValues(input);
      return { input, write: preparePut(input) };
    },
    run: ({ input, write }) => {
      const table = database.table(input.TableName);
      write.check(table);
      const outcome = write.evaluate(table);
      const before = applyOutcome(table, outcome);
      database.expiry.schedule();
      return {
        Attributes: input.ReturnValues === 'ALL_OLD' ? before : undefined,
        ConsumedCapacity: consumedCapacity(input.ReturnConsumedCapacity, table, () => writeConsumption(table, before, input.Item)),
        ItemCollectionMetrics: itemCollectionMetrics(input.ReturnItemCollectionMetrics, table, input.Item),
      };
    },
  });
}

/** There is nothing new to return of an item that the request itself has, or that is gone. */
export function refuseUpdatedValues({ ReturnValues: wanted }: Pick<PutItemInput, 'ReturnValues'>): void {
  if (wanted !== undefined && wanted !== 'ALL_OLD' && wanted !== 'NONE') {
    throw validationError('ReturnValues can only be ALL_OLD or NONE');
  }
}
