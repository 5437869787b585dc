import { allOf, operation, tablePermission } from './operation';
import { describeTable } from './table-description';
import { Environment } from '../../../kernel/contracts';
import { Database } from '../database';
import { createTableInput } from '../shapes/table-shapes';
import { checkDefinition } from '../tables/check-definition';
import { Table } from '../tables/table';
import { TableDefinition } from '../tables/table-definition';

/** CreateTable. */
export function createTable(database: Database) {
  return operation({
    shape: createTableInput,
    permissions: input => allOf([tablePermission(database, 'CreateTable', input.TableName)]),
    prepare: definition => {
      checkDefinition(definition);
      return definition;
    },
    run: definition => ({ TableDescription: describeTable(makeTable(database, definition), 'CREATING') }),
  });
}

/** Makes a table of a checked definition; it can be used at once. */
export function makeTable(database: Database, definition: TableDefinition, environment?: Environment): Table {
  const table = database.create(definition, environment);
  if (definition.StreamSpecification?.StreamEnabled) {
    database.alter(table, () => enableStream(table, database));
  }
  return table;
}

/** Gives a table a stream, which is named after the moment. */
export function enableStream(table: Table, database: Database): void {
  table.streamLabel = database.streams.newLabel(table);
}
