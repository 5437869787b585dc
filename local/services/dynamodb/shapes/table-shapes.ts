/** The parts of table definitions in requests. */
import { list } from './collections';
import { indexName, NAME_PATTERN, tableNameOrArn } from './member-shapes';
import { boolean, integer, oneOf, string } from './scalars';
import { required, requiredParameter, structure } from './structure';
import {
  AttributeDefinition, BillingMode, IndexDefinition, KeySchemaElement, ProvisionedThroughput, StreamSpecification, TableDefinition, Tag,
} from '../tables/table-definition';

export const attributeDefinitions = list(structure<AttributeDefinition>('AttributeDefinition', {
  AttributeName: required(string()),
  AttributeType: required(oneOf(['B', 'N', 'S'])),
}));

export const keySchema = list(structure<KeySchemaElement>('KeySchemaElement', {
  AttributeName: required(string()),
  KeyType: required(oneOf(['HASH', 'RANGE'])),
}), { minimum: 1, maximum: 2 });

export const provisionedThroughput = structure<ProvisionedThroughput>('ProvisionedThroughput', {
  WriteCapacityUnits: required(integer('Long', { minimum: 1 })),
  ReadCapacityUnits: required(integer('Long', { minimum: 1 })),
});

const projection = structure<IndexDefinition['Projection']>('Projection', {
  ProjectionType: oneOf(['ALL', 'INCLUDE', 'KEYS_ONLY']),
  NonKeyAttributes: list(string(), { minimum: 1 }),
});

const INDEX = { IndexName: required(indexName), KeySchema: required(keySchema), Projection: required(projection) };

const GLOBAL_INDEX = { ...INDEX, ProvisionedThroughput: provisionedThroughput };
const globalIndex = structure<IndexDefinition>('GlobalSecondaryIndex', GLOBAL_INDEX);
export const createdIndex = structure<IndexDefinition>('CreateGlobalSecondaryIndexAction', GLOBAL_INDEX);
const localIndex = structure<Omit<IndexDefinition, 'ProvisionedThroughput'>>('LocalSecondaryIndex', INDEX);

export const streamSpecification = structure<StreamSpecification>('StreamSpecification', {
  StreamEnabled: required(boolean()),
  StreamViewType: oneOf(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']),
});

export const billingMode = oneOf<BillingMode>(['PROVISIONED', 'PAY_PER_REQUEST']);
export const tableClass = oneOf<NonNullable<TableDefinition['TableClass']>>(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']);

export const tags = list(structure<Tag>('Tag', { Key: required(string()), Value: required(string()) }));

/** The name of a table that is to be made. */
export const newTableName = string({ pattern: NAME_PATTERN, minimum: 3, maximum: 255 });

/** The table that an operation is about. */
export const describedTableName = requiredParameter(tableNameOrArn);

export const createTableInput = structure<TableDefinition>('CreateTableInput', {
  AttributeDefinitions: required(attributeDefinitions),
  TableName: requiredParameter(newTableName),
  BillingMode: billingMode,
  ProvisionedThroughput: provisionedThroughput,
  KeySchema: required(keySchema),
  LocalSecondaryIndexes: list(localIndex),
  GlobalSecondaryIndexes: list(globalIndex),
  StreamSpecification: streamSpecification,
  DeletionProtectionEnabled: boolean(),
  TableClass: tableClass,
  Tags: tags,
});
