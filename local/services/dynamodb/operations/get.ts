/** Reads of one item, alone, in a batch or in a transaction: checked, and ready to be made. */
import { checkExpressionParameters } from './expression-parameters';
import { refuseNestedKeys } from './nested-keys';
import { prepareProjection, ProjectionInput } from './projection-input';
import { PlaceholderInput, Placeholders } from '../expressions/placeholders';
import { Projection } from '../expressions/projection';
import { checkKey } from '../tables/key-schema';
import { Row } from '../tables/row';
import { Table } from '../tables/table';
import { Attributes } from '../values/attribute-value';
import { checkAttributes } from '../values/check-value';

export interface GetInput extends ProjectionInput, PlaceholderInput {
  readonly Key: Attributes;
}

/** What a read gives: the row, and of its item what was asked for. */
export interface Found {
  readonly row?: Row;
  readonly item?: Attributes;
}

/** The part of a read that is the same for all keys. */
export function prepareGetProjection(input: ProjectionInput & PlaceholderInput, keys: readonly Attributes[]): Projection | undefined {
  checkExpressionParameters({ input, expressions: ['ProjectionExpression'], legacy: ['AttributesToGet'] });
  keys.forEach(checkAttributes);
  const placeholders = new Placeholders(input);
  const projection = prepareProjection(input, placeholders);
  placeholders.refuseUnused();
  return projection;
}

/** A checked read of one item. */
export function prepareGet(input: GetInput): (table: Table) => Found {
  const projection = prepareGetProjection(input, [input.Key]);
  return table => getItemOf(table, input.Key, projection);
}

/** Reads an item by its key. */
export function getItemOf(table: Table, key: Attributes, projection: Projection | undefined): Found {
  checkKey(table.schema, key);
  refuseNestedKeys(table, projection?.paths ?? []);
  const row = table.find(key);
  return { row, item: row && (projection ? projection.pick(row.item) : row.item) };
}
