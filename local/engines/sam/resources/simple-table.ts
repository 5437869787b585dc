import { defined, tagList } from '../json';
import { Resources, ServerlessResource } from '../serverless-resource';

const ATTRIBUTE_TYPES = new Map<unknown, string>([['String', 'S'], ['Number', 'N'], ['Binary', 'B']]);

/** `AWS::Serverless::SimpleTable`: a table with a key of one attribute. */
export function simpleTable(resource: ServerlessResource): Resources {
  resource.check(['PointInTimeRecoverySpecification', 'PrimaryKey', 'ProvisionedThroughput', 'TableName', 'Tags', 'SSESpecification']);
  const { ProvisionedThroughput: throughput, TableName: name, SSESpecification: encryption, PointInTimeRecoverySpecification: recovery } = resource.properties;
  const key = primaryKey(resource);
  const tags = tagList(resource.map('Tags'));
  return {
    [resource.logicalId]: {
      Type: 'AWS::DynamoDB::Table',
      ...resource.ownAttributes,
      Properties: defined({
        AttributeDefinitions: [key],
        KeySchema: [{ AttributeName: key.AttributeName, KeyType: 'HASH' }],
        ...(throughput === undefined ? { BillingMode: 'PAY_PER_REQUEST' } : { ProvisionedThroughput: throughput }),
        PointInTimeRecoverySpecification: recovery,
        SSESpecification: encryption,
        TableName: name,
        Tags: tags.length === 0 ? undefined : tags,
      }),
    },
  };
}

function primaryKey(resource: ServerlessResource): { AttributeName: unknown; AttributeType: string } {
  const key = resource.map('PrimaryKey');
  if (key === undefined) return { AttributeName: 'id', AttributeType: 'S' };
  const type = ATTRIBUTE_TYPES.get(key.Type) ?? resource.fail(`Invalid 'Type' "${String(key.Type)}".`, 'Properties', 'PrimaryKey', 'Type');
  return { AttributeName: key.Name ?? resource.fail("Property 'PrimaryKey.Name' is required.", 'Properties', 'PrimaryKey'), AttributeType: type };
}
