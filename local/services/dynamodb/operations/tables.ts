/** DescribeTable, DeleteTable and ListTables. */
import { allOf, operation, tablePermission } from './operation';
import { describeTable } from './table-description';
import { Database } from '../database';
import { validationError } from '../errors';
import { NAME_PATTERN } from '../shapes/member-shapes';
import { integer, string } from '../shapes/scalars';
import { structure } from '../shapes/structure';
import { describedTableName } from '../shapes/table-shapes';

interface TableInput {
  readonly TableName: string;
}

interface ListTablesInput {
  readonly ExclusiveStartTableName?: string;
  readonly Limit?: number;
}

const MOST_NAMES = 100;

const describeTableInput = structure<TableInput>('DescribeTableInput', { TableName: describedTableName });
const deleteTableInput = structure<TableInput>('DeleteTableInput', { TableName: describedTableName });

const listTablesInput = structure<ListTablesInput>('ListTablesInput', {
  Limit: integer('Integer', { model: { minimum: 1, maximum: MOST_NAMES } }),
  ExclusiveStartTableName: string({ pattern: NAME_PATTERN, minimum: 3, maximum: 255 }),
});

export function describeTableOperation(database: Database) {
  return operation({
    shape: describeTableInput,
    permissions: input => allOf([tablePermission(database, 'DescribeTable', input.TableName)]),
    prepare: input => input,
    run: ({ TableName: name }) => ({ Table: describeTable(database.describedTable(name), 'ACTIVE') }),
  });
}

export function deleteTable(database: Database) {
  return operation({
    shape: deleteTableInput,
    permissions: input => allOf([tablePermission(database, 'DeleteTable', input.TableName)]),
    prepare: input => input,
    run: ({ TableName: name }) => {
      const table = database.describedTable(name);
      if (table.definition.DeletionProtectionEnabled) {
        throw validationError('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.');
      }
      database.delete(table);
      return { TableDescription: describeTable(table, 'DELETING') };
    },
  });
}

export function listTables(database: Database) {
  return operation({
    shape: listTablesInput,
    permissions: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
    prepare: input => input,
    run: ({ ExclusiveStartTableName: start, Limit: limit = MOST_NAMES }) => {
      const names = [...database.tables].map(({ name }) => name).filter(name => start === undefined || name > start).sort();
      const page = names.slice(0, limit);
      return { TableNames: page, LastEvaluatedTableName: names.length > limit ? page[page.length - 1] : undefined };
    },
  });
}
