import { addConsumptions, consumedCapacity, writeConsumption } from './capacity';
import { IdempotencyTokens } from './idempotency';
import { itemCollectionMetrics, metricsByTable } from './item-collection';
import { allOf, isObject, operation, tablePermission } from './operation';
import { Reason, refuseDuplicates, requireAll, Target } from './transaction';
import { applyOutcome, KeyedInput, Outcome, prepareConditionCheck, prepareDelete, preparePut, prepareUpdate, PutInput, UpdateInput, Write } from './write';
import { Database } from '../database';
import { EmptyKeyError, validationError } from '../errors';
import { attributes } from '../shapes/attribute-shapes';
import { list } from '../shapes/collections';
import {
  expression, expressionAttributeNames, expressionAttributeValues, ReturnConsumedCapacity, returnConsumedCapacity, ReturnItemCollectionMetrics,
  returnItemCollectionMetrics, returnValuesOnConditionCheckFailure, tableNameOrArn,
} from '../shapes/member-shapes';
import { string } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';
import { Table } from '../tables/table';
import { Attributes } from '../values/attribute-value';
import { itemSize } from '../values/item-size';

type Put = Omit<PutInput, 'Expected' | 'ConditionalOperator'>;
type Keyed = Omit<KeyedInput, 'Expected' | 'ConditionalOperator'>;
type Update = Omit<UpdateInput, 'Expected' | 'ConditionalOperator' | 'AttributeUpdates'>;

interface TransactWriteItem {
  readonly ConditionCheck?: Keyed;
  readonly Put?: Put;
  readonly Delete?: Keyed;
  readonly Update?: Update;
}

interface TransactWriteItemsInput {
  readonly TransactItems: readonly TransactWriteItem[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

const LARGEST_TRANSACTION = 4 * 1024 * 1024;

const CONDITION = {
  ConditionExpression: expression,
  ExpressionAttributeNames: expressionAttributeNames,
  ExpressionAttributeValues: expressionAttributeValues,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
};

const transactWriteItemsInput = structure<TransactWriteItemsInput>('TransactWriteItemsInput', {
  ClientRequestToken: string({ model: { minimum: 1, maximum: 36 } }),
  ReturnConsumedCapacity: returnConsumedCapacity,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  TransactItems: required(list(structure<TransactWriteItem>('TransactWriteItem', {
    ConditionCheck: structure<Keyed>('ConditionCheck', { TableName: required(tableNameOrArn), Key: required(attributes), ...CONDITION, ConditionExpression: required(expression) }),
    Put: structure<Put>('Put', { TableName: required(tableNameOrArn), Item: required(attributes), ...CONDITION }),
    Delete: structure<Keyed>('Delete', { TableName: required(tableNameOrArn), Key: required(attributes), ...CONDITION }),
    Update: structure<Update>('Update', { TableName: required(tableNameOrArn), Key: required(attributes), UpdateExpression: required(expression), ...CONDITION }),
  }), { model: { minimum: 1, maximum: 100 } })),
});

/** The IAM action of each kind of action. */
const ACTIONS = { ConditionCheck: 'ConditionCheckItem', Put: 'PutItem', Delete: 'DeleteItem', Update: 'UpdateItem' } as const;

/** TransactWriteItems: all writes or none; nothing else happens between the conditions and the writes. */
export function transactWriteItems(database: Database) {
  const tokens = new IdempotencyTokens(database.clock, () => database.settled());
  return operation({
    shape: transactWriteItemsInput,
    permissions: ({ TransactItems: items }) => Array.isArray(items) ? allOf(items.flatMap(item => itemPermissions(database, item))) : undefined,
    prepare: input => ({ input, writes: input.TransactItems.map(prepareItem) }),
    run: ({ input, writes }) => {
      const targets = writes.map((write): WriteTarget => ({ write, table: database.table(write.tableName), target: write.target }));
      targets.forEach(({ write, table }) => refuseEmptyKeys(table, write));
      refuseDuplicates(targets);
      refuseTooMuch(targets);
      const run = () => {
        const outcomes = requireAll(targets.map(attempt));
        const done = targets.map((target, index) => ({ ...target, ...applied(target, outcomes[index]) }));
        database.expiry.schedule();
        return answer(input, done);
      };
      return input.ClientRequestToken === undefined ? run() : tokens.once(input.ClientRequestToken, input.TransactItems, run);
    },
  });
}

interface WriteTarget extends Target {
  readonly write: Write;
}

interface Done extends WriteTarget {
  readonly before?: Attributes;
  readonly after?: Attributes;
}

function itemPermissions(database: Database, item: unknown) {
  if (!isObject(item)) {
    return [];
  }
  return Object.entries(ACTIONS).flatMap(([kind, action]) => {
    const write = Object.hasOwn(item, kind) ? item[kind] : undefined;
    const context = { 'dynamodb:EnclosingOperation': 'TransactWriteItems' };
    return isObject(write) ? [tablePermission(database, action, write.TableName, { keys: [write.Item ?? write.Key], context })] : [];
  });
}

function prepareItem({ ConditionCheck: check, Put: put, Delete: remove, Update: update }: TransactWriteItem): Write {
  const given = [check, put, remove, update].filter(action => action !== undefined).length;
  if (given > 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  if (put) {
    return preparePut(put);
  }
  if (update) {
    return prepareUpdate(update);
  }
  if (remove) {
    return prepareDelete(remove);
  }
  if (check) {
    return prepareConditionCheck(check);
  }
  throw validationError('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
}

/** Empty keys are told before anything is tried; keys of a wrong type cancel the transaction. */
function refuseEmptyKeys(table: Table, { check }: Write): void {
  try {
    check(table);
  } catch (error) {
    if (error instanceof EmptyKeyError) {
      throw error;
    }
  }
}

function refuseTooMuch(targets: readonly WriteTarget[]): void {
  const size = targets.reduce((sum, { target }) => sum + itemSize(target), 0);
  if (size > LARGEST_TRANSACTION) {
    throw validationError('Transaction payload size exceeded: the aggregate size of the items in the transaction cannot exceed 4 MB');
  }
}

function attempt({ write, table }: WriteTarget): Outcome | Reason {
  try {
    write.check(table);
    return write.evaluate(table);
  } catch (error) {
    if (error instanceof EmptyKeyError) {
      throw error;
    }
    return Reason.of(error);
  }
}

function applied({ table, write }: WriteTarget, outcome: Outcome): Pick<Done, 'before' | 'after'> {
  if (write.changes) {
    return { before: applyOutcome(table, outcome), after: outcome.after?.item };
  }
  return { before: outcome.before?.item, after: outcome.before?.item };
}

function answer(input: TransactWriteItemsInput, done: readonly Done[]): object {
  const tables = [...new Set(done.map(({ table }) => table))].map(table => ({ table, writes: done.filter(each => each.table === table) }));
  const capacity = tables.flatMap(({ table, writes }) =>
    consumedCapacity(input.ReturnConsumedCapacity, table, () => writes.map(({ before, after }) => writeConsumption(table, before, after)).reduce(addConsumptions), 'Write') ?? []);
  const metrics = tables.map(({ table, writes }) => ({
    name: table.name,
    metrics: writes.flatMap(({ write }) => itemCollectionMetrics(input.ReturnItemCollectionMetrics, table, write.target) ?? []),
  }));
  return { ConsumedCapacity: capacity.length > 0 ? capacity : undefined, ItemCollectionMetrics: metricsByTable(metrics) };
}
