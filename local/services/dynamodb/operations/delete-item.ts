import { consumedCapacity, writeConsumption } from './capacity';
import { itemCollectionMetrics } from './item-collection';
import { deleteItemInput } from './item-shapes';
import { allOf, operation, tablePermission } from './operation';
import { refuseUpdatedValues } from './put-item';
import { applyOutcome, prepareDelete } from './write';
import { Database } from '../database';

/** DeleteItem. */
export function deleteItem(database: Database) {
  return operation({
    shape: deleteItemInput,
    wording: 'counted',
    permissions: input => allOf([tablePermission(database, 'DeleteItem', input.TableName, { keys: [input.Key] })]),
    prepare: input => {
      refuseUpdatedValues(input);
      return { input, write: prepareDelete(input) };
    },
    run: ({ input, write }) => {
      const table = database.table(input.TableName);
      write.check(table);
      const before = applyOutcome(table, write.evaluate(table));
      return {
        Attributes: input.ReturnValues === 'ALL_OLD' ? before : undefined,
        ConsumedCapacity: consumedCapacity(input.ReturnConsumedCapacity, table, () => writeConsumption(table, before, undefined)),
        ItemCollectionMetrics: itemCollectionMetrics(input.ReturnItemCollectionMetrics, table, input.Key),
      };
    },
  });
}
