/** What Query and Scan read: a table or one of its indexes, and what of its items they see there. */
import { refuseNestedKeys } from './projection-input';
import { ReadInput, Selection } from './read-input';
import { validationError } from '../errors';
import { KeyIndex, StartPlace } from '../tables/key-index';
import { checkKeyValue, keyAttributes, keyOf, KeySchema, keyText } from '../tables/key-schema';
import { SecondaryIndex } from '../tables/secondary-index';
import { Table } from '../tables/table';
import { attributeOf, Attributes } from '../values/attribute-value';

export interface ReadTarget {
  readonly table: Table;
  readonly index?: SecondaryIndex;
  readonly schema: KeySchema;
  readonly rows: KeyIndex;
  /** What a filter sees of an item. */
  readonly view: (item: Attributes) => Attributes;
  /** What is answered of an item. */
  readonly answer: (item: Attributes) => Attributes;
}

/** The target of a read; throws where it cannot be read as the request asks. */
export function readTarget(table: Table, input: ReadInput, { filter, projection }: Selection): ReadTarget {
  const index = input.IndexName === undefined ? undefined : table.indexes.get(input.IndexName);
  if (input.IndexName !== undefined && !index) {
    throw validationError(`The table does not have the specified index: ${input.IndexName}`);
  }
  if (index?.kind === 'global') {
    checkGlobalRead(index, input, projection?.paths.map(([name]) => name) ?? []);
  }
  refuseNestedKeys(table, [...projection?.paths ?? [], ...filter?.paths ?? []]);

  // A local index fetches from its table what it does not have itself; a global one has what it has.
  const whole = !index || index.kind === 'local' && (projection !== undefined || input.Select === 'ALL_ATTRIBUTES');
  const visible = (item: Attributes) => index?.kind === 'global' ? index.project(item) : item;
  return {
    table,
    index,
    schema: index?.schema ?? table.schema,
    rows: index?.rows ?? table.primary,
    view: visible,
    answer: projection ? item => projection.pick(visible(item)) : whole ? item => item : item => index.project(item),
  };
}

/** The key that a next read starts from: those of the table and of the index. */
export function startKeyOf({ table, index }: ReadTarget, item: Attributes): Attributes {
  return { ...keyOf(table.schema, item), ...index && keyOf(index.schema, item) };
}

const INVALID_START = 'The provided starting key is invalid';

/** Where a read goes on; throws when the key is none that a read would have ended with. */
export function startPlace({ table, index, schema, rows }: ReadTarget, key: Attributes | undefined): StartPlace | undefined {
  if (!key) {
    return undefined;
  }
  const attributes = [...keyAttributes(table.schema), ...index ? keyAttributes(index.schema) : []];
  const names = new Set(attributes.map(({ name }) => name));
  if (Object.keys(key).length !== names.size) {
    throw validationError(index ? INVALID_START : `${INVALID_START}: The provided key element does not match the schema`);
  }
  for (const attribute of attributes) {
    const value = attributeOf(key, attribute.name);
    if (value?.[attribute.type] === undefined) {
      throw validationError(value ? `${INVALID_START}: The provided key element does not match the schema` : INVALID_START);
    }
    checkKeyValue(attribute, value, attribute === table.schema.hash || attribute === schema.hash);
  }
  return { ...rows.placeOf(key)!, key: keyText(table.schema, key) };
}

function checkGlobalRead(index: SecondaryIndex, input: ReadInput, names: readonly string[]): void {
  if (input.ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  if (input.Select === 'ALL_ATTRIBUTES' && !index.projectsAll) {
    throw validationError('One or more parameter values were invalid: '
      + `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`);
  }
  const missing = names.filter(name => !index.projects(name));
  if (missing.length > 0) {
    throw validationError(`One or more parameter values were invalid: Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  }
}
