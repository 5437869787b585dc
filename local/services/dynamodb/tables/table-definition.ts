/** What a table is made of, in the terms of CreateTable. */
import { KeyAttribute, KeySchema } from './key-schema';
import { KeyType } from '../values/attribute-value';

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: KeyType;
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface ProvisionedThroughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; readonly NonKeyAttributes?: readonly string[] };
  /** Of global indexes only. */
  readonly ProvisionedThroughput?: ProvisionedThroughput;
}

export interface StreamSpecification {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'KEYS_ONLY';
}

export type BillingMode = 'PROVISIONED' | 'PAY_PER_REQUEST';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly BillingMode?: BillingMode;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[];
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[];
  readonly StreamSpecification?: StreamSpecification;
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  readonly Tags?: readonly Tag[];
}

/** The key that a schema and the definitions of its attributes describe. */
export function keySchemaOf(elements: readonly KeySchemaElement[], definitions: readonly AttributeDefinition[]): KeySchema {
  const [hash, range] = elements.map(({ AttributeName: name }): KeyAttribute => {
    const definition = definitions.find(each => each.AttributeName === name);
    if (!definition) {
      throw new Error(`The key attribute ${name} has no definition.`);
    }
    return { name, type: definition.AttributeType };
  });
  return { hash, range };
}
