/** Tables as templates declare them. */
import { isDeepStrictEqual } from 'node:util';
import { enableStream, makeTable } from './create-table';
import { Environment } from '../../../kernel/contracts';
import { Database } from '../database';
import { Table, tableArn } from '../tables/table';
import { TableDefinition } from '../tables/table-definition';

export interface TableDeclaration {
  readonly definition: TableDefinition;
  readonly environment: Environment;
  /** The attribute that items expire by, where they do. */
  readonly expiryAttribute?: string;
}

/** Makes a table, or makes the one that stands what is declared now. What was changed through the API stays as long as the declaration is the same. */
export function declareTable(database: Database, declaration: TableDeclaration, standing?: Table): Table {
  const text = JSON.stringify(declaration);
  if (standing?.declaration === text) {
    return standing;
  }
  const replacement = standing && whatReplaces(standing, declaration);
  if (replacement !== undefined && database.isPersistent) {
    throw new Error(`the data that is kept has a table ${standing!.name} with ${replacement}. CloudFormation would replace the table, and its items would be lost. `
      + 'Declare a table with another name, or begin with another data directory');
  }
  if (replacement !== undefined) {
    database.delete(standing!);
  }
  const table = standing && replacement === undefined ? standing : makeTable(database, declaration.definition, declaration.environment);
  database.alter(table, () => {
    changeTable(database, table, declaration);
    table.declaration = text;
  });
  database.expiry.schedule();
  return table;
}

/** What CloudFormation cannot change of a table, if that is what is to be changed. */
function whatReplaces(table: Table, { definition, environment }: TableDeclaration): string | undefined {
  const { definition: before } = table;
  if (tableArn(environment, table.name) !== table.arn) {
    return `the ARN ${table.arn}`;
  }
  if (!isDeepStrictEqual(before.KeySchema, definition.KeySchema)) {
    return `another KeySchema, ${JSON.stringify(before.KeySchema)}`;
  }
  const changed = before.AttributeDefinitions.find(each =>
    definition.AttributeDefinitions.some(({ AttributeName: name, AttributeType: type }) => name === each.AttributeName && type !== each.AttributeType));
  if (changed) {
    return `another type of the attribute ${changed.AttributeName}, ${changed.AttributeType}`;
  }
  return isDeepStrictEqual(before.LocalSecondaryIndexes, definition.LocalSecondaryIndexes) ? undefined : 'other LocalSecondaryIndexes';
}

/** CloudFormation adds or deletes one index at a time; here they are made of what is there, hence all at once. */
function changeTable(database: Database, table: Table, { definition, expiryAttribute }: TableDeclaration): void {
  const { definition: before } = table;
  // What no template says stays.
  table.definition = { DeletionProtectionEnabled: before.DeletionProtectionEnabled, TableClass: before.TableClass, ...definition };
  const indexes = definition.GlobalSecondaryIndexes ?? [];
  [...table.indexes.values()].filter(({ kind }) => kind === 'global').forEach(({ name }) => table.closeIndex(name));
  indexes.forEach(index => table.openIndex(index, 'global'));
  table.tags.clear();
  table.tag(definition.Tags ?? []);
  if (!isDeepStrictEqual(before.StreamSpecification, definition.StreamSpecification)) {
    table.streamLabel = undefined;
    if (definition.StreamSpecification?.StreamEnabled) {
      enableStream(table, database);
    }
  }
  if (table.expiry?.attribute !== expiryAttribute) {
    table.expiry = undefined;
    if (expiryAttribute !== undefined) {
      table.expireBy(expiryAttribute);
    }
  }
}
