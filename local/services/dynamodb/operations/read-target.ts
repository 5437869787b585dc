/** What Query and Scan read: a table or one of its indexes, and what of its items they see there. */
import { ReadInput, Selection } from './read-input';
import { AwsError } from '../../../kernel/aws-error';
import { validationError } from '../errors';
import { KeyIndex, StartPlace } from '../tables/key-index';
import { checkKey, checkKeyValue, KeyAttribute, keyAttributes, keyOf, KeySchema, keyText, SCHEMA_MISMATCH } from '../tables/key-schema';
import { SecondaryIndex } from '../tables/secondary-index';
import { Table } from '../tables/table';
import { attributeOf, Attributes } from '../values/attribute-value';

export interface ReadTarget {
  readonly table: Table;
  readonly index?: SecondaryIndex;
  readonly schema: KeySchema;
  readonly rows: KeyIndex;
  /** Whether items are fetched from the table, since the index lacks what is asked for. */
  readonly fetches: boolean;
  /** What a filter sees of an item. */
  readonly view: (item: Attributes) => Attributes;
  /** What is answered of an item. */
  readonly answer: (item: Attributes) => Attributes;
}

/** The target of a read; throws where it cannot be read as the request asks. */
export function readTarget(table: Table, input: ReadInput, { projection }: Selection): ReadTarget {
  const index = input.IndexName === undefined ? undefined : table.indexes.get(input.IndexName);
  if (input.IndexName !== undefined && !index) {
    throw validationError(`The table does not have the specified index: ${input.IndexName}`);
  }
  if (index?.kind === 'global' && input.ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }

  // A local index fetches from its table what it does not have itself; a global one has what it has.
  const whole = !index || index.kind === 'local' && (projection !== undefined || input.Select === 'ALL_ATTRIBUTES');
  const visible = (item: Attributes) => index?.kind === 'global' ? index.project(item) : item;
  return {
    table,
    index,
    schema: index?.schema ?? table.schema,
    rows: index?.rows ?? table.primary,
    fetches: index?.kind === 'local' && !index.projectsAll && (input.Select === 'ALL_ATTRIBUTES' || (projection?.paths ?? []).some(([name]) => !index.projects(String(name)))),
    view: visible,
    answer: projection ? item => projection.pick(visible(item)) : whole ? item => item : item => index.project(item),
  };
}

/** The key that a next read starts from: those of the table and of the index. */
export function startKeyOf({ table, index }: ReadTarget, item: Attributes): Attributes {
  return { ...keyOf(table.schema, item), ...index && keyOf(index.schema, item) };
}

const INVALID_START = 'The provided starting key is invalid';

/** Refuses a start key that has another number of attributes than a key of what is read. */
export function checkStart({ table, index, schema }: ReadTarget, key: Attributes | undefined, isQuery = false): void {
  const names = new Set([...keyAttributes(table.schema), ...keyAttributes(schema)].map(({ name }) => name));
  if (key && Object.keys(key).length !== names.size) {
    throw validationError(index || isQuery ? INVALID_START : `${INVALID_START}: ${SCHEMA_MISMATCH}`);
  }
}

/** Refuses a part of a start key that is none of the key by which is read. */
export function checkStartAttribute({ schema }: ReadTarget, key: Attributes, attribute: KeyAttribute): void {
  const value = attributeOf(key, attribute.name);
  if (!value) {
    throw validationError(INVALID_START);
  }
  if (value[attribute.type] === undefined) {
    throw validationError(SCHEMA_MISMATCH);
  }
  checkKeyValue(attribute, value, attribute === schema.hash);
}

/** Where a read goes on; throws when the key is none of the table. */
export function startPlace({ table, rows }: ReadTarget, key: Attributes | undefined): StartPlace | undefined {
  if (!key) {
    return undefined;
  }
  const tableKey = Object.fromEntries(keyAttributes(table.schema).flatMap(({ name }) => Object.hasOwn(key, name) ? [[name, key[name]]] : []));
  try {
    checkKey(table.schema, tableKey);
  } catch (error) {
    throw error instanceof AwsError ? validationError(`${INVALID_START}: ${error.message}`) : error;
  }
  return rows.startOf(key, keyText(table.schema, key));
}

/** Refuses to read what a global index does not have. */
export function checkProjected({ index }: ReadTarget, input: ReadInput, { projection }: Selection): void {
  if (index?.kind === 'global') {
    checkGlobalRead(index, input, projection?.paths.map(([name]) => name) ?? []);
  }
}

function checkGlobalRead(index: SecondaryIndex, input: ReadInput, names: readonly string[]): void {
  if (input.Select === 'ALL_ATTRIBUTES' && !index.projectsAll) {
    throw validationError('One or more parameter values were invalid: '
      + `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`);
  }
  const missing = names.filter(name => !index.projects(name));
  if (missing.length > 0) {
    throw validationError(`One or more parameter values were invalid: Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  }
}
