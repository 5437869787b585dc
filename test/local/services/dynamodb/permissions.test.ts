import { indexedTable, TestDatabase } from './helpers';
import { Principal } from '../../../../local/kernel/contracts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/notes';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });
const leading = (...keys: string[]) => ({ 'dynamodb:LeadingKeys': keys });
const query = { TableName: 'notes', KeyConditionExpression: '#p = :p', ExpressionAttributeNames: { '#p': 'pk' }, ExpressionAttributeValues: { ':p': { S: 'a' } } };

let database: TestDatabase;
beforeAll(async () => {
  database = await indexedTable();
});

test.each<[string, object, object[]]>([
  ['PutItem', { TableName: 'notes', Item: key('a') }, [{ action: 'dynamodb:PutItem', resource: ARN, context: leading('a') }]],
  ['GetItem', { TableName: ARN, Key: key('a') }, [{ action: 'dynamodb:GetItem', resource: ARN, context: leading('a') }]],
  ['UpdateItem', { TableName: 'notes', Key: key('a') }, [{ action: 'dynamodb:UpdateItem', resource: ARN, context: leading('a') }]],
  ['DeleteItem', { TableName: 'notes', Key: {} }, [{ action: 'dynamodb:DeleteItem', resource: ARN }]],
  ['Query', query, [{ action: 'dynamodb:Query', resource: ARN, context: leading('a') }]],
  ['Query', { ...query, KeyConditionExpression: ':p = #p' }, [{ action: 'dynamodb:Query', resource: ARN, context: leading('a') }]],
  ['Query', { ...query, KeyConditionExpression: 'sk > :p' }, [{ action: 'dynamodb:Query', resource: ARN }]],
  ['Query', { ...query, KeyConditionExpression: '((' }, [{ action: 'dynamodb:Query', resource: ARN }]],
  [
    'Query', { ...query, IndexName: 'byAuthor', KeyConditionExpression: 'author = :p', Select: 'COUNT' },
    [{ action: 'dynamodb:Query', resource: `${ARN}/index/byAuthor`, context: { 'dynamodb:Select': 'COUNT', ...leading('a') } }],
  ],
  [
    'Query', { TableName: 'notes', KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] } } },
    [{ action: 'dynamodb:Query', resource: ARN, context: leading('a') }],
  ],
  ['Scan', { TableName: 'notes' }, [{ action: 'dynamodb:Scan', resource: ARN }]],
  ['Scan', { TableName: 'notes', IndexName: 'byTime' }, [{ action: 'dynamodb:Scan', resource: `${ARN}/index/byTime` }]],
  [
    'BatchGetItem', { RequestItems: { notes: { Keys: [key('a'), key('b')] }, other: { Keys: [key('c')] } } },
    [
      { action: 'dynamodb:BatchGetItem', resource: ARN, context: leading('a', 'b') },
      { action: 'dynamodb:BatchGetItem', resource: ARN.replace('notes', 'other') },
    ],
  ],
  [
    'BatchWriteItem', { RequestItems: { notes: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }] } },
    [{ action: 'dynamodb:BatchWriteItem', resource: ARN, context: leading('a', 'b') }],
  ],
  [
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName: 'notes', Item: key('a') } }, { Update: { TableName: 'notes', Key: key('b') } }, { Delete: { TableName: 'notes' } }, { ConditionCheck: { TableName: 'other' } }] },
    [
      { action: 'dynamodb:PutItem', resource: ARN, context: { 'dynamodb:EnclosingOperation': 'TransactWriteItems', ...leading('a') } },
      { action: 'dynamodb:UpdateItem', resource: ARN, context: { 'dynamodb:EnclosingOperation': 'TransactWriteItems', ...leading('b') } },
      { action: 'dynamodb:DeleteItem', resource: ARN, context: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      { action: 'dynamodb:ConditionCheckItem', resource: ARN.replace('notes', 'other'), context: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
    ],
  ],
  [
    'TransactGetItems', { TransactItems: [{ Get: { TableName: 'notes', Key: key('a') } }] },
    [{ action: 'dynamodb:GetItem', resource: ARN, context: { 'dynamodb:EnclosingOperation': 'TransactGetItems', ...leading('a') } }],
  ],
  ['CreateTable', { TableName: 'other' }, [{ action: 'dynamodb:CreateTable', resource: ARN.replace('notes', 'other') }]],
  ['DescribeTable', { TableName: 'notes' }, [{ action: 'dynamodb:DescribeTable', resource: ARN }]],
  ['UpdateTimeToLive', { TableName: 'notes' }, [{ action: 'dynamodb:UpdateTimeToLive', resource: ARN }]],
  ['TagResource', { ResourceArn: ARN }, [{ action: 'dynamodb:TagResource', resource: ARN }]],
  ['ListTables', {}, [{ action: 'dynamodb:ListTables', resource: '*' }]],
])('%s %j', (operation, input, permissions) => {
  expect(database.permissions(operation, input)).toEqual(permissions);
});

test('a table of a stack has the ARN of its stack, and one that is not there that of the run', async () => {
  const shop = new TestDatabase();
  const properties = { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] };
  await shop.provision('AWS::DynamoDB::Table', properties);
  for (const [name, place] of [['orders', 'eu-west-1:111122223333'], ['none', 'us-east-1:000000000000']]) {
    expect(shop.permissions('Scan', { TableName: name })).toEqual([{ action: 'dynamodb:Scan', resource: `arn:aws:dynamodb:${place}:table/${name}` }]);
  }
});

test.each<[string, unknown, string]>([
  ['GetItem', {}, 'Value null at \'tableName\''],
  ['GetItem', { TableName: 5, Key: {} }, 'NUMBER_VALUE cannot be converted to String'],
  ['GetItem', undefined, 'Value null at \'tableName\''],
  ['GetItem', 'text', 'Unexpected field type'],
  ['GetItem', [], 'Unrecognized collection type'],
  ['BatchGetItem', { RequestItems: {} }, 'Value at \'RequestItems\''],
  ['BatchWriteItem', {}, 'Value null at \'requestItems\''],
  ['TransactWriteItems', { TransactItems: [] }, 'Value \'[]\' at \'transactItems\''],
  ['TransactWriteItems', { TransactItems: [{ Put: {} }] }, 'Value null at \'transactItems.1.member.put.tableName\''],
  ['TransactGetItems', { TransactItems: [null, 5] }, 'Unexpected value type in payload'],
  ['DescribeTable', {}, 'The parameter \'TableName\' is required but was not present in the request'],
  ['TagResource', {}, 'Invalid TableArn'],
])('%s of %j is refused before anyone is asked', (operation, input, message) => {
  expect(() => database.permissions(operation, input)).toThrow(message);
});

test('a role may do what its policy allows, and with the keys that it allows', async () => {
  const roleArn = 'arn:aws:iam::000000000000:role/reader';
  const condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['mine'] } };
  const actions = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'];
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: [ARN, `${ARN}/index/byTime`], Condition: condition }] };
  const trustPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  database.kernel.roles.define({ arn: roleArn, name: 'reader', trustPolicy, policies: [{ name: 'Read', document }] });
  const principal: Principal = { kind: 'role', arn: 'arn:aws:sts::000000000000:assumed-role/reader/apigateway', roleArn };
  const invoke = (operation: string, input: object) => database.kernel.invoke({ principal, service: 'dynamodb', operation, input });
  const of = (pk: string) => ({ ...query, ExpressionAttributeValues: { ':p': { S: pk } } });

  await expect(invoke('GetItem', { TableName: 'notes', Key: key('mine') })).resolves.toEqual({});
  await expect(invoke('Query', { ...of('mine'), IndexName: 'byTime' })).resolves.toMatchObject({ Count: 0 });
  await expect(invoke('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'notes', Item: key('mine') } }] })).resolves.toEqual({});
  for (const [operation, input] of [
    ['GetItem', { TableName: 'notes', Key: key('yours') }], ['Query', of('yours')], ['Query', { ...of('mine'), IndexName: 'byAuthor' }], ['Scan', { TableName: 'notes' }],
    ['GetItem', { TableName: 'other', Key: key('mine') }], ['TransactWriteItems', { TransactItems: [{ Delete: { TableName: 'notes', Key: key('mine') } }] }],
  ] as const) {
    await expect(invoke(operation, input)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  }
});
