import { refusal, transform } from '../helpers';

const table = (properties?: object) => ({ T: { Type: 'AWS::Serverless::SimpleTable', ...(properties && { Properties: properties }) } });

test.each<[object | undefined, object]>([
  [undefined, { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' }],
  [{ PrimaryKey: { Name: 'n', Type: 'Number' }, ProvisionedThroughput: { ReadCapacityUnits: 1 }, TableName: 'x', Tags: { a: 1 }, SSESpecification: { SSEEnabled: true } }, {
    AttributeDefinitions: [{ AttributeName: 'n', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
    ProvisionedThroughput: { ReadCapacityUnits: 1 },
    TableName: 'x',
    Tags: [{ Key: 'a', Value: 1 }],
    SSESpecification: { SSEEnabled: true },
  }],
])('%j', (properties, expected) => {
  expect(transform(table(properties))).toEqual({ T: { Type: 'AWS::DynamoDB::Table', Properties: expected } });
});

test.each([
  [{ PrimaryKey: { Name: 'n', Type: 'S' } }, 'Invalid \'Type\' "S".'],
  [{ PrimaryKey: { Type: 'String' } }, "Property 'PrimaryKey.Name' is required."],
  [{ StreamSpecification: {} }, 'property StreamSpecification not defined for resource of type AWS::Serverless::SimpleTable'],
])('%j is refused', (properties, message) => {
  expect(refusal(table(properties)).message).toBe(message);
});
