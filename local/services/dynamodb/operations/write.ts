/** Writes of one item, alone or in a transaction: checked, and ready to be tried on a table. */
import { checkExpressionParameters } from './expression-parameters';
import { refuseNestedKeys } from './nested-keys';
import { conditionalCheckFailed, validationError } from '../errors';
import { bindCondition, Predicate } from '../expressions/condition';
import { bindExpected, checkConditionalOperator, checkExpected, ConditionalOperator, ExpectedValue } from '../expressions/legacy-conditions';
import { AttributeUpdate, bindAttributeUpdates } from '../expressions/legacy-updates';
import { PlaceholderInput, Placeholders } from '../expressions/placeholders';
import { bindUpdate } from '../expressions/update';
import { applyUpdate, Update } from '../expressions/update-actions';
import { ReturnValuesOnConditionCheckFailure } from '../shapes/member-shapes';
import { checkKey, keyAttributes } from '../tables/key-schema';
import { Row } from '../tables/row';
import { Table } from '../tables/table';
import { Attributes } from '../values/attribute-value';
import { checkAttributes } from '../values/check-value';
import { checkItemSize, itemSize } from '../values/item-size';

/** What all writes may ask for. */
export interface WriteInput extends PlaceholderInput {
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ConditionalOperator?: ConditionalOperator;
  readonly Expected?: Readonly<Record<string, ExpectedValue>>;
  readonly ReturnValuesOnConditionCheckFailure?: ReturnValuesOnConditionCheckFailure;
}

export interface PutInput extends WriteInput {
  readonly Item: Attributes;
}

export interface KeyedInput extends WriteInput {
  readonly Key: Attributes;
}

export interface UpdateInput extends KeyedInput {
  readonly UpdateExpression?: string;
  readonly AttributeUpdates?: Readonly<Record<string, AttributeUpdate>>;
}

/** What becomes of the item. */
export interface Outcome {
  readonly before?: Row;
  /** Absent when the item is to be deleted. */
  readonly after?: { readonly item: Attributes; readonly size: number };
}

/** A write that is ready to be tried. */
export interface Write {
  readonly tableName: string;
  /** The item or the key: it has the attributes of the key. */
  readonly target: Attributes;
  /** Whether anything is changed, and not only a condition checked. */
  readonly changes: boolean;
  /** Refuses what does not fit the table. */
  readonly check: (table: Table) => void;
  /** The outcome that the write would have; throws when its condition does not hold, or it makes no sense for the item. */
  readonly evaluate: (table: Table) => Outcome;
}

/** An update, with what it updates. */
export interface UpdateWrite extends Write {
  readonly update: Update;
}

export function preparePut(input: PutInput): Write {
  checkExpressionParameters({ input, expressions: ['ConditionExpression'], legacy: ['Expected'] });
  checkAttributes(input.Item);
  const size = itemSize(input.Item);
  checkItemSize(size);
  const condition = bindWriteCondition(input, new Placeholders(input));
  return {
    tableName: input.TableName,
    target: input.Item,
    changes: true,
    check: table => table.checkItem(input.Item),
    evaluate: table => ({ before: requireCondition(table, input, input.Item, condition), after: { item: input.Item, size } }),
  };
}

export function prepareDelete(input: KeyedInput): Write {
  const condition = prepareKeyed(input);
  return {
    tableName: input.TableName,
    target: input.Key,
    changes: true,
    check: table => checkKey(table.schema, input.Key),
    evaluate: table => ({ before: requireCondition(table, input, input.Key, condition) }),
  };
}

/** A condition on an item that the transaction leaves alone. */
export function prepareConditionCheck(input: KeyedInput): Write {
  const condition = prepareKeyed(input);
  return {
    tableName: input.TableName,
    target: input.Key,
    changes: false,
    check: table => checkKey(table.schema, input.Key),
    evaluate: table => ({ before: requireCondition(table, input, input.Key, condition) }),
  };
}

export function prepareUpdate(input: UpdateInput): UpdateWrite {
  checkExpressionParameters({ input, expressions: ['UpdateExpression', 'ConditionExpression'], legacy: ['AttributeUpdates', 'Expected'] });
  checkAttributes(input.Key);
  const placeholders = new Placeholders(input);
  const update = input.UpdateExpression === undefined ? bindAttributeUpdates(input.AttributeUpdates ?? {}) : bindUpdate(input.UpdateExpression, placeholders);
  const condition = bindWriteCondition(input, placeholders);
  return {
    tableName: input.TableName,
    target: input.Key,
    changes: true,
    update,
    check: table => {
      checkKey(table.schema, input.Key);
      checkUpdate(table, update);
    },
    evaluate: table => {
      const before = requireCondition(table, input, input.Key, condition);
      const item = applyUpdate(update, before?.item ?? input.Key);
      table.checkIndexKeys(item, 'update');
      const size = itemSize(item);
      checkItemSize(size, 'Item size to update has exceeded the maximum allowed size');
      return { before, after: { item, size } };
    },
  };
}

/** Makes an outcome true; returns the item that was there before. */
export function applyOutcome(table: Table, { before, after }: Outcome): Attributes | undefined {
  const old = before?.item;
  if (after) {
    table.put(after.item, after.size);
  } else if (before) {
    table.delete(before);
  }
  return old;
}

function prepareKeyed(input: KeyedInput): Predicate | undefined {
  checkExpressionParameters({ input, expressions: ['ConditionExpression'], legacy: ['Expected'] });
  checkAttributes(input.Key);
  return bindWriteCondition(input, new Placeholders(input));
}

function bindWriteCondition(input: WriteInput, placeholders: Placeholders): Predicate | undefined {
  checkConditionalOperator(input.ConditionalOperator, input.Expected);
  if (input.Expected) {
    checkExpected(input.Expected);
    return bindExpected(input.Expected, input.ConditionalOperator);
  }
  const condition = input.ConditionExpression === undefined ? undefined : bindCondition('ConditionExpression', input.ConditionExpression, placeholders);
  placeholders.refuseUnused();
  return condition?.matches;
}

const NOTHING: Attributes = {};

function requireCondition(table: Table, input: WriteInput, key: Attributes, condition: Predicate | undefined): Row | undefined {
  const row = table.find(key);
  if (condition && !condition(row?.item ?? NOTHING)) {
    throw conditionalCheckFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? row?.item : undefined);
  }
  return row;
}

/** The key cannot be updated, and keys of indexes only to values of their type. */
function checkUpdate(table: Table, { actions, operands }: Update): void {
  for (const { name } of keyAttributes(table.schema)) {
    if (actions.some(({ path }) => path[0] === name)) {
      throw validationError(`One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
  for (const index of table.indexes.values()) {
    for (const { name, type } of keyAttributes(index.schema)) {
      const action = actions.find(({ path }) => path[0] === name && path.length === 1);
      if (action?.assignedType !== undefined && action.assignedType !== type) {
        throw validationError('One or more parameter values were invalid: '
          + `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${action.assignedType} IndexName: ${index.name}`);
      }
    }
  }
  refuseNestedKeys(table, [...actions.map(({ path }) => path), ...operands]);
}
