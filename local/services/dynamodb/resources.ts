/** Tables as CloudFormation makes them. */
import { Database } from './database';
import { declareTable } from './operations/declare-table';
import { streamArn } from './operations/table-description';
import { readRequest } from './shapes/structure';
import { createTableInput } from './shapes/table-shapes';
import { checkDefinition } from './tables/check-definition';
import { Table } from './tables/table';
import { KnownProperties, ResourceRequest, ResourceType } from '../../kernel/contracts';

const LONGEST_NAME = 255;

/** What both types have in common. */
const USED = [
  'TableName', 'AttributeDefinitions', 'KeySchema', 'BillingMode', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'StreamSpecification', 'TimeToLiveSpecification',
];

const TABLE: KnownProperties = {
  used: [...USED, 'ProvisionedThroughput', 'Tags'],
  withoutEffect: [
    'ContributorInsightsSpecification', 'DeletionProtectionEnabled', 'OnDemandThroughput', 'PointInTimeRecoverySpecification', 'ResourcePolicy', 'SSESpecification',
    'TableClass', 'WarmThroughput',
  ],
};

/** Replicas in other regions have no effect: there is one machine, and it has every table. */
const GLOBAL_TABLE: KnownProperties = {
  used: USED,
  withoutEffect: [
    'GlobalTableWitnesses', 'MultiRegionConsistency', 'ReadOnDemandThroughputSettings', 'ReadProvisionedThroughputSettings', 'Replicas', 'SSESpecification', 'WarmThroughput',
    'WriteOnDemandThroughputSettings', 'WriteProvisionedThroughputSettings',
  ],
};

/** What of an index changes no answer. */
const INDEX_WITHOUT_EFFECT = [
  'ContributorInsightsSpecification', 'OnDemandThroughput', 'WarmThroughput', 'ReadProvisionedThroughputSettings', 'ReadOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings', 'WriteOnDemandThroughputSettings',
];

interface IndexProperties extends Readonly<Record<string, unknown>> {
  readonly IndexName?: unknown;
}

interface TableProperties extends Readonly<Record<string, unknown>> {
  readonly TableName?: string;
  readonly BillingMode?: string;
  readonly GlobalSecondaryIndexes?: readonly IndexProperties[];
  readonly LocalSecondaryIndexes?: readonly IndexProperties[];
  readonly ProvisionedThroughput?: unknown;
  readonly StreamSpecification?: { readonly StreamViewType?: string };
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: unknown };
}

/** The resource types of DynamoDB. */
export function resourceTypes(database: Database): Record<string, ResourceType> {
  return {
    'AWS::DynamoDB::Table': tableType(database, TABLE),
    'AWS::DynamoDB::GlobalTable': tableType(database, GLOBAL_TABLE),
  };
}

function tableType(database: Database, properties: KnownProperties): ResourceType {
  return {
    properties,
    create: request => provision(database, request, properties === GLOBAL_TABLE),
    update: (request, _, { ref }) => provision(database, request, properties === GLOBAL_TABLE, database.table(ref)),
    replacedBy: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
    delete: (_, { ref }) => database.release(ref),
  };
}

async function provision(database: Database, request: ResourceRequest<TableProperties>, isGlobal: boolean, standing?: Table) {
  const definition = readRequest(createTableInput, tableInput(request, isGlobal), 'older');
  checkDefinition(definition);
  const { environment, properties } = request;
  const declaration = { definition, environment, expiryAttribute: expiryAttributeOf(properties) };
  const table = declareTable(database, declaration, standing ?? database.inherit(definition.TableName));
  await database.settled();
  return { ref: table.name, attributes: attributesOf(table) };
}

function attributesOf(table: Table): Record<string, unknown> {
  const stream = streamArn(table);
  return { Arn: table.arn, TableId: table.id, ...stream === undefined ? {} : { StreamArn: stream } };
}

/** The input of CreateTable that says the same as the properties. */
function tableInput(request: ResourceRequest<TableProperties>, isGlobal: boolean): Record<string, unknown> {
  const { properties } = request;
  // What a global table provisions lies with its replicas; it has no effect, but there must be some.
  const throughput = isGlobal && properties.BillingMode !== 'PAY_PER_REQUEST' ? { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } : undefined;
  return {
    TableName: properties.TableName ?? request.generateName(LONGEST_NAME),
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    BillingMode: properties.BillingMode,
    ProvisionedThroughput: throughput ?? numbers(properties.ProvisionedThroughput),
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes?.map(index => indexInput(request, index)),
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(index => ({
      ...indexInput(request, index),
      ProvisionedThroughput: throughput ?? numbers(index.ProvisionedThroughput),
    })),
    StreamSpecification: streamInput(request),
    Tags: properties.Tags,
  };
}

function indexInput(request: ResourceRequest<TableProperties>, index: IndexProperties): Record<string, unknown> {
  const { IndexName: name, KeySchema: schema, Projection: projection, ProvisionedThroughput: _, ...others } = index;
  const unknown = Object.keys(others).find(property => !INDEX_WITHOUT_EFFECT.includes(property));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the property ${unknown} of the index ${String(name)} of ${request.type}`);
  }
  return { IndexName: name, KeySchema: schema, Projection: projection };
}

function streamInput({ type, properties: { StreamSpecification: stream } }: ResourceRequest<TableProperties>): object | undefined {
  if (!stream) {
    return undefined;
  }
  const unknown = Object.keys(stream).find(property => property !== 'StreamViewType' && property !== 'ResourcePolicy');
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the property StreamSpecification.${unknown} of ${type}`);
  }
  return { StreamEnabled: true, StreamViewType: stream.StreamViewType };
}

function expiryAttributeOf({ TimeToLiveSpecification: given }: TableProperties): string | undefined {
  if (String(given?.Enabled) !== 'true') {
    return undefined;
  }
  if (!given?.AttributeName) {
    throw new Error('TimeToLiveSpecification is enabled without an AttributeName');
  }
  return given.AttributeName;
}

/** Templates may write numbers as texts. */
function numbers(throughput: unknown): unknown {
  return typeof throughput === 'object' && throughput !== null
    ? Object.fromEntries(Object.entries(throughput).map(([name, value]) => [name, typeof value === 'string' && value !== '' ? Number(value) : value]))
    : throughput;
}
