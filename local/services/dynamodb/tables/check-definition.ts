/** What DynamoDB refuses in the definition of a table. */
import { IndexDefinition, KeySchemaElement, ProvisionedThroughput, StreamSpecification, TableDefinition } from './table-definition';
import { validationError } from '../errors';

const HIGHEST_THROUGHPUT = 1_000_000_000_000;
const MOST_LOCAL_INDEXES = 5;
const MOST_GLOBAL_INDEXES = 20;

/** Throws the first thing that is wrong with a definition. */
export function checkDefinition(definition: TableDefinition): void {
  checkBilling(definition);
  const defined = definition.AttributeDefinitions.map(({ AttributeName: name }) => name);
  checkTableKey(definition.KeySchema, defined);
  const { LocalSecondaryIndexes: local, GlobalSecondaryIndexes: global } = definition;
  if (!local && !global && definition.KeySchema.length !== defined.length) {
    throw invalid('Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions');
  }
  const names = new Set<string>();
  if (local) {
    checkLocalIndexes(definition, local, defined, names);
  }
  if (global) {
    checkGlobalIndexes(definition, global, defined, names);
  }
  checkAllUsed(definition, defined);
  if (definition.StreamSpecification) {
    checkStream(definition.StreamSpecification);
  }
}

/** Throws what is wrong with a global index that is to be added to a table. */
export function checkGlobalIndex(definition: TableDefinition, index: IndexDefinition, defined: readonly string[]): void {
  checkIndexKey(index.KeySchema, defined);
  checkProjection(index);
  if (definition.BillingMode === 'PAY_PER_REQUEST' && index.ProvisionedThroughput) {
    throw invalid(`ProvisionedThroughput should not be specified for index: ${index.IndexName} when BillingMode is PAY_PER_REQUEST`);
  }
  if (definition.BillingMode !== 'PAY_PER_REQUEST' && !index.ProvisionedThroughput) {
    throw invalid(`ProvisionedThroughput must be specified for index: ${index.IndexName}`);
  }
}

/** Whether an index may have a capacity. */
export function isWithinBounds({ ReadCapacityUnits: read, WriteCapacityUnits: write }: ProvisionedThroughput): boolean {
  return read <= HIGHEST_THROUGHPUT && write <= HIGHEST_THROUGHPUT;
}

/** Throws where capacity is out of bounds. */
export function checkThroughput({ ReadCapacityUnits: read, WriteCapacityUnits: write }: ProvisionedThroughput): void {
  if (read > HIGHEST_THROUGHPUT) {
    throw validationError(`Given value ${read} for ReadCapacityUnits is out of bounds`);
  }
  if (write > HIGHEST_THROUGHPUT) {
    throw validationError(`Given value ${write} for WriteCapacityUnits is out of bounds`);
  }
}

/** Throws where a stream has no view type, or one that it cannot have. */
export function checkStream({ StreamEnabled: enabled, StreamViewType: type }: StreamSpecification): void {
  if (enabled && type === undefined) {
    throw invalid('StreamViewType must be specified when StreamEnabled is true');
  }
  if (!enabled && type !== undefined) {
    throw invalid('StreamViewType must not be specified when StreamEnabled is false');
  }
}

function checkBilling({ BillingMode: mode, ProvisionedThroughput: throughput }: TableDefinition): void {
  if (mode === 'PAY_PER_REQUEST') {
    if (throughput) {
      throw invalid('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
    }
  } else if (!throughput) {
    throw invalid('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
  } else {
    checkThroughput(throughput);
  }
}

function checkTableKey(schema: readonly KeySchemaElement[], defined: readonly string[]): void {
  const keys = schema.map(({ AttributeName: name }) => name);
  if (keys.length > defined.length) {
    throw validationError('Invalid KeySchema: Some index key attribute have no definition');
  }
  checkIndexKey(schema, defined);
}

function checkIndexKey(schema: readonly KeySchemaElement[], defined: readonly string[]): void {
  const keys = schema.map(({ AttributeName: name }) => name);
  if (!keys.every(key => defined.includes(key))) {
    throw invalid(`Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`);
  }
  if (keys.length === 2 && keys[0] === keys[1]) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (schema[0].KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (schema[1] && schema[1].KeyType !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
}

function checkProjection({ Projection: { ProjectionType: type, NonKeyAttributes: attributes } }: IndexDefinition): void {
  if (type === undefined) {
    throw invalid('Unknown ProjectionType: null');
  }
  if (attributes && type !== 'INCLUDE') {
    throw invalid(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  }
  if (!attributes && type === 'INCLUDE') {
    throw invalid('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
}

function checkLocalIndexes(table: TableDefinition, indexes: readonly IndexDefinition[], defined: readonly string[], names: Set<string>): void {
  if (indexes.length === 0) {
    throw invalid('List of LocalSecondaryIndexes is empty');
  }
  if (table.KeySchema.length !== 2) {
    throw invalid('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex');
  }
  const tableHash = table.KeySchema[0].AttributeName;
  for (const index of indexes) {
    checkIndexKey(index.KeySchema, defined);
    if (index.KeySchema.length !== 2) {
      throw invalid(`Index KeySchema does not have a range key for index: ${index.IndexName}`);
    }
    const hash = index.KeySchema[0].AttributeName;
    if (hash !== tableHash) {
      throw invalid(`Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.IndexName}. `
        + `index hash key: ${hash}, table hash key: ${tableHash}`);
    }
    checkProjection(index);
    refuseDuplicate(index.IndexName, names);
  }
  if (indexes.length > MOST_LOCAL_INDEXES) {
    throw invalid(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MOST_LOCAL_INDEXES}`);
  }
}

function checkGlobalIndexes(table: TableDefinition, indexes: readonly IndexDefinition[], defined: readonly string[], names: Set<string>): void {
  if (indexes.length === 0) {
    throw invalid('List of GlobalSecondaryIndexes is empty');
  }
  for (const index of indexes) {
    checkGlobalIndex(table, index, defined);
    refuseDuplicate(index.IndexName, names);
  }
  if (indexes.length > MOST_GLOBAL_INDEXES) {
    throw invalid(`GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_GLOBAL_INDEXES}`);
  }
}

function checkAllUsed(table: TableDefinition, defined: readonly string[]): void {
  const schemas = [table, ...table.LocalSecondaryIndexes ?? [], ...table.GlobalSecondaryIndexes ?? []];
  const used = [...new Set(schemas.flatMap(({ KeySchema: schema }) => schema.map(({ AttributeName: name }) => name)))];
  if (!defined.every(name => used.includes(name))) {
    throw invalid(`Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`);
  }
}

function refuseDuplicate(name: string, names: Set<string>): void {
  if (names.has(name)) {
    throw invalid(`Duplicate index name: ${name}`);
  }
  names.add(name);
}

function invalid(message: string) {
  return validationError(`One or more parameter values were invalid: ${message}`);
}
