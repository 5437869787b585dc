import { Store } from './store';
import { Tables } from './tables';
import { ProvisionedResource, ResourceRequest, ResourceType } from '../../kernel/contracts';
import { checkProperties } from '../../kernel/properties';

interface TableProperties {
  readonly TableName?: string;
  readonly KeySchema: Array<{ AttributeName: string; KeyType: string }>;
  readonly AttributeDefinitions: object[];
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: object;
  readonly GlobalSecondaryIndexes?: object[];
  readonly LocalSecondaryIndexes?: object[];
  readonly TimeToLiveSpecification?: { AttributeName?: string; Enabled: boolean };
}

const WITHOUT_EFFECT = [
  'SSESpecification', 'PointInTimeRecoverySpecification', 'Tags', 'DeletionProtectionEnabled', 'ContributorInsightsSpecification', 'TableClass', 'WarmThroughput', 'OnDemandThroughput',
];

/** How tables come into being. */
export function resourceTypes(store: Store, tables: Tables): Record<string, ResourceType> {
  return { 'AWS::DynamoDB::Table': { create: request => createTable(store, tables, request) } };
}

async function createTable(store: Store, tables: Tables, request: ResourceRequest<TableProperties>): Promise<ProvisionedResource> {
  checkProperties(request, {
    used: [
      'TableName', 'KeySchema', 'AttributeDefinitions', 'BillingMode', 'ProvisionedThroughput', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'TimeToLiveSpecification',
    ],
    withoutEffect: WITHOUT_EFFECT,
  });
  const { properties, environment: { partition, region, account } } = request;
  const { TimeToLiveSpecification: timeToLive, TableName: given, ...rest } = properties;
  const name = given ?? request.generateName(255);
  const input = Object.fromEntries(Object.entries(rest).filter(([property]) => !WITHOUT_EFFECT.includes(property)));
  // The template's default is provisioned throughput, whose numbers mean nothing here.
  const throughput = properties.BillingMode === 'PAY_PER_REQUEST' || properties.ProvisionedThroughput ? {} : { BillingMode: 'PAY_PER_REQUEST' };
  const description = await store.createTable({ TableName: name, ...input, ...throughput }, request.environment);

  const arn = `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
  tables.add({
    name,
    arn,
    keyNames: properties.KeySchema.map(key => key.AttributeName),
    timeToLiveAttribute: timeToLive?.Enabled ? timeToLive.AttributeName : undefined,
  });
  return { ref: name, attributes: { Arn: arn, TableId: description.TableId } };
}
