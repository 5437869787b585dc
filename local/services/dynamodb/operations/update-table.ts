import { enableStream } from './create-table';
import { allOf, operation, tablePermission } from './operation';
import { describeTable } from './table-description';
import { AwsError } from '../../../kernel/aws-error';
import { Database } from '../database';
import { validationError } from '../errors';
import { list } from '../shapes/collections';
import { indexName } from '../shapes/member-shapes';
import { boolean } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';
import {
  attributeDefinitions, billingMode, createdIndex, describedTableName, provisionedThroughput, streamSpecification, tableClass,
} from '../shapes/table-shapes';
import { checkGlobalIndex, checkStream, checkThroughput, isWithinBounds } from '../tables/check-definition';
import { Table } from '../tables/table';
import { AttributeDefinition, IndexDefinition, ProvisionedThroughput, TableDefinition } from '../tables/table-definition';

interface IndexUpdate {
  readonly Create?: IndexDefinition;
  readonly Update?: { readonly IndexName: string; readonly ProvisionedThroughput: ProvisionedThroughput };
  readonly Delete?: { readonly IndexName: string };
}

interface UpdateTableInput extends Pick<TableDefinition, 'BillingMode' | 'ProvisionedThroughput' | 'StreamSpecification' | 'DeletionProtectionEnabled' | 'TableClass'> {
  readonly TableName: string;
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly GlobalSecondaryIndexUpdates?: readonly IndexUpdate[];
}

const updateTableInput = structure<UpdateTableInput>('UpdateTableInput', {
  TableName: describedTableName,
  ProvisionedThroughput: provisionedThroughput,
  BillingMode: billingMode,
  AttributeDefinitions: attributeDefinitions,
  GlobalSecondaryIndexUpdates: list(structure<IndexUpdate>('GlobalSecondaryIndexUpdate', {
    Update: structure<NonNullable<IndexUpdate['Update']>>('UpdateGlobalSecondaryIndexAction', {
      IndexName: required(indexName),
      ProvisionedThroughput: required(provisionedThroughput),
    }),
    Create: createdIndex,
    Delete: structure<NonNullable<IndexUpdate['Delete']>>('DeleteGlobalSecondaryIndexAction', { IndexName: required(indexName) }),
  })),
  StreamSpecification: streamSpecification,
  DeletionProtectionEnabled: boolean(),
  TableClass: tableClass,
});

/** UpdateTable: every change is made at once. */
export function updateTable(database: Database) {
  return operation({
    shape: updateTableInput,
    permissions: input => allOf([tablePermission(database, 'UpdateTable', input.TableName)]),
    prepare: input => {
      checkRequest(input);
      return input;
    },
    run: input => {
      const table = database.describedTable(input.TableName);
      const definition = nextDefinition(table, input);
      const updates = input.GlobalSecondaryIndexUpdates ?? [];
      updates.forEach(update => checkIndexUpdate(table, definition, update));
      checkStreamChange(table, input);
      database.alter(table, () => {
        table.definition = definition;
        updates.forEach(update => updateIndex(table, update));
        updateStream(table, input, database);
      });
      return { TableDescription: describeTable(table, 'UPDATING') };
    },
  });
}

function checkRequest(input: UpdateTableInput): void {
  const { GlobalSecondaryIndexUpdates: updates, ...others } = input;
  if (Object.keys(others).every(name => name === 'TableName' || name === 'AttributeDefinitions') && !updates?.length) {
    throw validationError('At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification '
      + 'or ReplicaUpdates is required');
  }
  if (input.BillingMode === 'PROVISIONED' && !input.ProvisionedThroughput) {
    throw invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  }
  if (input.ProvisionedThroughput) {
    checkThroughput(input.ProvisionedThroughput);
  }
  if (input.StreamSpecification) {
    checkStream(input.StreamSpecification);
  }
  const names = new Set<string>();
  for (const update of updates ?? []) {
    const name = nameOf(update);
    if (names.has(name)) {
      throw invalid(`Only one global secondary index update per index is allowed simultaneously. Index: ${name}`);
    }
    names.add(name);
  }
  if ((updates ?? []).filter(({ Create: create, Delete: remove }) => create ?? remove).length > 1) {
    throw new AwsError('LimitExceededException', 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table');
  }
}

function nameOf({ Create: create, Update: update, Delete: remove }: IndexUpdate): string {
  const action = create ?? update ?? remove;
  if (!action) {
    throw invalid('One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null');
  }
  return action.IndexName;
}

function nextDefinition({ definition }: Table, input: UpdateTableInput): TableDefinition {
  const mode = input.BillingMode ?? definition.BillingMode;
  if (input.ProvisionedThroughput && mode === 'PAY_PER_REQUEST') {
    throw invalid('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
  }
  if (input.ProvisionedThroughput && definition.ProvisionedThroughput) {
    refuseSameThroughput(definition.ProvisionedThroughput, input.ProvisionedThroughput);
  }
  // What is defined keeps its type, whatever the request says: there are items with keys of it.
  const { AttributeDefinitions: defined } = definition;
  const known = new Map([...defined, ...input.AttributeDefinitions ?? [], ...defined].map(attribute => [attribute.AttributeName, attribute]));
  return {
    ...definition,
    BillingMode: mode,
    ProvisionedThroughput: mode === 'PAY_PER_REQUEST' ? undefined : input.ProvisionedThroughput ?? definition.ProvisionedThroughput,
    AttributeDefinitions: [...known.values()],
    StreamSpecification: input.StreamSpecification ?? definition.StreamSpecification,
    DeletionProtectionEnabled: input.DeletionProtectionEnabled ?? definition.DeletionProtectionEnabled,
    TableClass: input.TableClass ?? definition.TableClass,
  };
}

function refuseSameThroughput(current: ProvisionedThroughput, requested: ProvisionedThroughput): void {
  if (current.ReadCapacityUnits === requested.ReadCapacityUnits && current.WriteCapacityUnits === requested.WriteCapacityUnits) {
    throw validationError('The provisioned throughput for the table will not change. The requested value equals the current value. '
      + `Current ReadCapacityUnits provisioned for the table: ${current.ReadCapacityUnits}. Requested ReadCapacityUnits: ${requested.ReadCapacityUnits}. `
      + `Current WriteCapacityUnits provisioned for the table: ${current.WriteCapacityUnits}. Requested WriteCapacityUnits: ${requested.WriteCapacityUnits}. `
      + 'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.');
  }
}

function checkIndexUpdate(table: Table, definition: TableDefinition, update: IndexUpdate): void {
  const name = nameOf(update);
  const existing = table.indexes.get(name);
  if (update.Update && !isWithinBounds(update.Update.ProvisionedThroughput)) {
    throw validationError('This operation cannot be performed with given input values. Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate');
  }
  if (update.Create) {
    if (existing) {
      throw validationError(`Attempting to create an index which already exists: ${name}`);
    }
    checkGlobalIndex(definition, update.Create, definition.AttributeDefinitions.map(({ AttributeName: attribute }) => attribute));
  } else if (existing?.kind !== 'global') {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
  }
}

function updateIndex(table: Table, { Create: create, Update: update, Delete: remove }: IndexUpdate): void {
  if (create) {
    table.openIndex(create, 'global');
  } else if (remove) {
    table.closeIndex(remove.IndexName);
    forgetUnusedAttributes(table);
  } else if (update) {
    const { definition } = table.indexes.get(update.IndexName)!;
    table.openIndex({ ...definition, ProvisionedThroughput: update.ProvisionedThroughput }, 'global');
  }
}

/** The definition of an attribute goes with the last key that it is part of. */
function forgetUnusedAttributes(table: Table): void {
  const schemas = [table.definition.KeySchema, ...[...table.indexes.values()].map(index => index.definition.KeySchema)];
  const used = new Set(schemas.flat().map(({ AttributeName: name }) => name));
  table.definition = { ...table.definition, AttributeDefinitions: table.definition.AttributeDefinitions.filter(({ AttributeName: name }) => used.has(name)) };
}

function checkStreamChange(table: Table, { StreamSpecification: stream }: UpdateTableInput): void {
  if (stream?.StreamEnabled && table.streamLabel) {
    throw validationError(`Table already has an enabled stream: TableName: ${table.name}`);
  }
  if (stream && !stream.StreamEnabled && !table.streamLabel) {
    throw validationError(`Table has no stream to disable: TableName: ${table.name}`);
  }
}

function updateStream(table: Table, { StreamSpecification: stream }: UpdateTableInput, database: Database): void {
  if (stream?.StreamEnabled) {
    enableStream(table, database);
  } else if (stream) {
    table.streamLabel = undefined;
  }
}

function invalid(message: string) {
  return validationError(`One or more parameter values were invalid: ${message}`);
}
