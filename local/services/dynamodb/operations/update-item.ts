import { consumedCapacity, writeConsumption } from './capacity';
import { itemCollectionMetrics } from './item-collection';
import { UpdateItemInput, updateItemInput } from './item-shapes';
import { allOf, operation, tablePermission } from './operation';
import { applyOutcome, prepareUpdate } from './write';
import { Database } from '../database';
import { projectPaths } from '../expressions/projection';
import { Update } from '../expressions/update-actions';
import { Attributes } from '../values/attribute-value';

/** UpdateItem. */
export function updateItem(database: Database) {
  return operation({
    shape: updateItemInput,
    wording: 'counted',
    permissions: input => allOf([tablePermission(database, 'UpdateItem', input.TableName, { keys: [input.Key] })]),
    prepare: input => ({ input, write: prepareUpdate(input) }),
    run: ({ input, write }) => {
      const table = database.table(input.TableName);
      write.check(table);
      const outcome = write.evaluate(table);
      const before = applyOutcome(table, outcome);
      const after = outcome.after!.item;
      database.expiry.schedule();
      return {
        Attributes: returned(input, write.update, before, after),
        ConsumedCapacity: consumedCapacity(input.ReturnConsumedCapacity, table, () => writeConsumption(table, before, after)),
        ItemCollectionMetrics: itemCollectionMetrics(input.ReturnItemCollectionMetrics, table, input.Key),
      };
    },
  });
}

function returned({ ReturnValues: wanted }: UpdateItemInput, update: Update, before: Attributes | undefined, after: Attributes): Attributes | undefined {
  switch (wanted) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && updated(update, before);
    case 'UPDATED_NEW':
      return updated(update, after);
    default:
      return undefined;
  }
}

/** Only what the update speaks of; nothing at all where the item has none of it. */
function updated({ actions }: Update, item: Attributes): Attributes | undefined {
  const attributes = projectPaths(actions.map(({ path }) => path)).pick(item);
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}
