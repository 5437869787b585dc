import { StreamReader, TableName, ViewType } from './stream-reader';
import { NOW } from '../helpers';

const SECOND = 1000;
const now = NOW / SECOND;

test('a record tells what, when and where', async () => {
  const reader = await StreamReader.open();
  await reader.clock.advance(1700);
  await reader.put('a', { n: { N: '1.50' } });
  const [record, ...more] = await reader.records();
  expect(more).toEqual([]);
  expect(record).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: now + 1,
      Keys: { pk: { S: 'a' } },
      NewImage: { pk: { S: 'a' }, n: { N: '1.5' } },
      SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
      SizeBytes: 10,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
});

// The sizes are those of the example in DynamoDB's guide.
test.each<[ViewType, object[]]>([
  ['KEYS_ONLY', [{ SizeBytes: 5 }, { SizeBytes: 5 }, { SizeBytes: 5 }]],
  ['NEW_IMAGE', [{ NewImage: 'New item!', SizeBytes: 26 }, { NewImage: 'This item has changed', SizeBytes: 38 }, { SizeBytes: 5 }]],
  ['OLD_IMAGE', [{ SizeBytes: 5 }, { OldImage: 'New item!', SizeBytes: 26 }, { OldImage: 'This item has changed', SizeBytes: 38 }]],
  ['NEW_AND_OLD_IMAGES', [
    { NewImage: 'New item!', SizeBytes: 26 }, { NewImage: 'This item has changed', OldImage: 'New item!', SizeBytes: 59 }, { OldImage: 'This item has changed', SizeBytes: 38 },
  ]],
])('%s shows that much of an item', async (viewType, expected) => {
  const reader = new StreamReader();
  await reader.call('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
  });
  await reader.find();
  const Key = { Id: { N: '101' } };
  await reader.call('PutItem', { TableName, Item: { ...Key, Message: { S: 'New item!' } } });
  await reader.call('UpdateItem', { TableName, Key, UpdateExpression: 'SET Message = :m', ExpressionAttributeValues: { ':m': { S: 'This item has changed' } } });
  await reader.call('DeleteItem', { TableName, Key });
  const records = await reader.records();
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(records.map(({ dynamodb: { SizeBytes, NewImage, OldImage } }) => ({
    SizeBytes, ...NewImage && { NewImage: NewImage.Message.S }, ...OldImage && { OldImage: OldImage.Message.S },
  }))).toEqual(expected);
});

test('what changes nothing leaves no record', async () => {
  const reader = await StreamReader.open();
  await reader.put('a', { n: { N: '1' }, set: { SS: ['x', 'y'] }, map: { M: { k: { L: [{ N: '1' }] } } } });
  await reader.put('a', { map: { M: { k: { L: [{ N: '1.0' }] } } }, set: { SS: ['y', 'x'] }, n: { N: '1.00' } });
  await reader.call('UpdateItem', { TableName, Key: { pk: { S: 'a' } }, UpdateExpression: 'SET n = n REMOVE absent' });
  await reader.call('DeleteItem', { TableName, Key: { pk: { S: 'b' } } });
  expect(await reader.refusal('PutItem', { TableName, Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' })).toMatch(/^ConditionalCheckFailed/);
  expect(await reader.events()).toEqual(['INSERT a']);
  await reader.put('a', { n: { N: '1' }, set: { SS: ['x', 'y'] }, map: { M: { k: { L: [{ N: '2' }] } } } });
  expect(await reader.events()).toEqual(['INSERT a', 'MODIFY a']);
});

test('an update makes an item, and a put replaces one', async () => {
  const reader = await StreamReader.open();
  await reader.call('UpdateItem', { TableName, Key: { pk: { S: 'a' } }, UpdateExpression: 'SET x = :x', ExpressionAttributeValues: { ':x': { S: '1' } } });
  await reader.put('a', { y: { S: '2' } });
  const [insert, modify] = await reader.records();
  expect(insert).toMatchObject({ eventName: 'INSERT', dynamodb: { NewImage: { pk: { S: 'a' }, x: { S: '1' } } } });
  expect(modify).toMatchObject({ eventName: 'MODIFY', dynamodb: { OldImage: { x: { S: '1' } } } });
  expect(modify.dynamodb.NewImage).toEqual({ pk: { S: 'a' }, y: { S: '2' } });
});

test('batches and transactions are told item by item, a cancelled transaction not at all', async () => {
  const reader = await StreamReader.open();
  await reader.call('BatchWriteItem', { RequestItems: { [TableName]: ['a', 'b'].map(pk => ({ PutRequest: { Item: { pk: { S: pk } } } })) } });
  await reader.call('TransactWriteItems', {
    TransactItems: [
      { Put: { TableName, Item: { pk: { S: 'c' } } } },
      { Update: { TableName, Key: { pk: { S: 'a' } }, UpdateExpression: 'SET x = :x', ExpressionAttributeValues: { ':x': { S: '1' } } } },
      { ConditionCheck: { TableName, Key: { pk: { S: 'd' } }, ConditionExpression: 'attribute_not_exists(pk)' } },
      { Delete: { TableName, Key: { pk: { S: 'b' } } } },
    ],
  });
  const cancelled = [{ Put: { TableName, Item: { pk: { S: 'e' } } } }, { ConditionCheck: { TableName, Key: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' } }];
  expect(await reader.refusal('TransactWriteItems', { TransactItems: cancelled })).toMatch(/^TransactionCanceledException/);
  expect(await reader.events()).toEqual(['INSERT a', 'INSERT b', 'INSERT c', 'MODIFY a', 'REMOVE b']);
});

test('what expired was removed by DynamoDB itself', async () => {
  const reader = await StreamReader.open('OLD_IMAGE');
  await reader.call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
  await reader.put('a', { expiresAt: { N: String(now + 5) } });
  await reader.put('b');
  await reader.call('DeleteItem', { TableName, Key: { pk: { S: 'b' } } });
  await reader.clock.advance(10 * SECOND);
  const [, , byHand, expired] = await reader.records();
  expect(byHand).not.toHaveProperty('userIdentity');
  expect(expired).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
    dynamodb: { Keys: { pk: { S: 'a' } }, OldImage: { expiresAt: { N: String(now + 5) } }, ApproximateCreationDateTime: now + 6 },
  });
});

test('what a reader does with a record changes neither the stream nor the table', async () => {
  const reader = await StreamReader.open();
  await reader.put('a', { list: { L: [{ S: 'x' }] } });
  const [record] = await reader.records();
  record.dynamodb.NewImage.list.L.push({ S: 'y' });
  record.dynamodb.Keys.pk.S = 'z';
  expect((await reader.records())[0].dynamodb).toMatchObject({ Keys: { pk: { S: 'a' } }, NewImage: { list: { L: [{ S: 'x' }] } } });
  expect((await reader.call('GetItem', { TableName, Key: { pk: { S: 'a' } } })).Item.list).toEqual({ L: [{ S: 'x' }] });
});

test('the names of attributes are data', async () => {
  const reader = await StreamReader.open();
  await reader.call('PutItem', { TableName, Item: JSON.parse('{"pk":{"S":"a"},"__proto__":{"S":"p"},"constructor":{"S":"c"}}') });
  const [{ dynamodb: { NewImage } }] = await reader.records();
  expect(Object.keys(NewImage).sort()).toEqual(['__proto__', 'constructor', 'pk']);
});
