/** How operations on tables describe them. */
import { SecondaryIndex } from '../tables/secondary-index';
import { Table } from '../tables/table';
import { ProvisionedThroughput } from '../tables/table-definition';

/** A table's stay in each of these is over before anybody could ask; answers tell it still, as callers expect it. */
export type TableStatus = 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';

const NO_THROUGHPUT: ProvisionedThroughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

/** The description of a table. */
export function describeTable(table: Table, status: TableStatus): Record<string, unknown> {
  const { definition } = table;
  const onDemand = definition.BillingMode === 'PAY_PER_REQUEST';
  const created = table.createdAt / 1000;
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus: status,
    CreationDateTime: created,
    AttributeDefinitions: definition.AttributeDefinitions,
    KeySchema: definition.KeySchema,
    ItemCount: table.itemCount,
    TableSizeBytes: table.size,
    ProvisionedThroughput: describeThroughput(definition.ProvisionedThroughput),
    ...onDemand ? { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: created }, TableThroughputModeSummary: { TableThroughputMode: 'PAY_PER_REQUEST' } } : {},
    ...describeIndexes(table, 'local', status),
    ...describeIndexes(table, 'global', status),
    ...describeStream(table),
    ...definition.TableClass ? { TableClassSummary: { TableClass: definition.TableClass } } : {},
    DeletionProtectionEnabled: definition.DeletionProtectionEnabled ?? false,
  };
}

/** The ARN of a table's stream, if it has one. */
export function streamArn(table: Table): string | undefined {
  return table.streamLabel && `${table.arn}/stream/${table.streamLabel}`;
}

function describeIndexes(table: Table, kind: SecondaryIndex['kind'], status: TableStatus): object {
  const indexes = [...table.indexes.values()].filter(index => index.kind === kind).map(index => ({
    ...index.definition,
    IndexArn: `${table.arn}/index/${index.name}`,
    IndexSizeBytes: 0,
    ItemCount: 0,
    ...kind === 'global' ? { IndexStatus: status === 'CREATING' ? 'CREATING' : 'ACTIVE', ProvisionedThroughput: describeThroughput(index.definition.ProvisionedThroughput) } : {},
  }));
  return indexes.length > 0 ? { [kind === 'local' ? 'LocalSecondaryIndexes' : 'GlobalSecondaryIndexes']: indexes } : {};
}

function describeThroughput(throughput: ProvisionedThroughput = NO_THROUGHPUT): object {
  return { ...throughput, NumberOfDecreasesToday: 0 };
}

function describeStream(table: Table): object {
  return table.streamLabel
    ? { StreamSpecification: table.definition.StreamSpecification, LatestStreamLabel: table.streamLabel, LatestStreamArn: streamArn(table) }
    : {};
}
