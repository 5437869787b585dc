import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import {
  BatchGetItemCommand, BatchWriteItemCommand, ConditionalCheckFailedException, CreateTableCommand, DescribeTableCommand, DynamoDBClient,
  ExecuteStatementCommand, GetItemCommand, paginateQuery, PutItemCommand, ResourceNotFoundException, ScanCommand, TransactionCanceledException,
  TransactWriteItemsCommand, UpdateItemCommand, UpdateTimeToLiveCommand, waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { ACCOUNT, NOW, tableOf, TestDatabase } from './helpers';

const TableName = 'notes';
const Key = { pk: { S: 'a' }, sk: { N: '1' } };

let database: TestDatabase;
let server: Server;
let client: DynamoDBClient;

/** DynamoDB over HTTP, with nothing else around it. */
function serve(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const message = { method: request.method!, path: request.url!, query: '', headers, body: Buffer.concat(chunks).toString() };
      database.kernel.send(ACCOUNT, 'dynamodb', message).then(answer => response.writeHead(answer.status, answer.headers).end(answer.body), error => response.destroy(error));
    });
  });
}

beforeEach(async () => {
  database = new TestDatabase();
  server = serve();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-east-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' }, maxAttempts: 1,
  });
  await database.call('CreateTable', tableOf(TableName, {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
  }));
});
afterEach(async () => {
  client.destroy();
  await new Promise(resolve => server.close(resolve));
  expect(database.failures).toEqual([]);
});

test('values of every type come back as they were', async () => {
  const Item = {
    ...Key,
    text: { S: 'Zoë 😀' },
    number: { N: '12345678901234567890.5' },
    binary: { B: new Uint8Array([0, 1, 255]) },
    yes: { BOOL: true },
    nothing: { NULL: true as const },
    texts: { SS: ['a', 'b'] },
    numbers: { NS: ['1', '2'] },
    binaries: { BS: [new Uint8Array([1]), new Uint8Array([2])] },
    list: { L: [{ S: 'x' }, { M: {} }] },
    map: { M: { k: { N: '1' } } },
  };
  await client.send(new PutItemCommand({ TableName, Item }));
  const read = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  expect(read.Item).toEqual(Item);
  expect(read.$metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9A-Z]{52}$/) });
});

test('tables are made, waited for and described', async () => {
  await client.send(new CreateTableCommand(tableOf('more') as ConstructorParameters<typeof CreateTableCommand>[0]));
  expect((await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: 'more' })).state).toBe('SUCCESS');
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'more' }));
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', CreationDateTime: new Date(NOW) });
  expect((await client.send(new UpdateTimeToLiveCommand({ TableName: 'more', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }))).TimeToLiveSpecification?.Enabled).toBe(true);
});

test('batches are read in pages', async () => {
  const requests = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: { ...Key, sk: { N: String(index) } } } }));
  expect((await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }))).UnprocessedItems).toEqual({});
  const pages: (string | undefined)[][] = [];
  for await (const { Items = [] } of paginateQuery({ client, pageSize: 10 }, { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': Key.pk } })) {
    pages.push(Items.map(({ sk }) => sk.N));
  }
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(pages.flat()).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
  expect((await client.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count).toBe(25);
  expect((await client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key, { ...Key, sk: { N: '99' } }] } } }))).Responses?.[TableName]).toEqual([Key]);
});

test('errors are exceptions of the SDK, with their members', async () => {
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, a: { S: 'old' } } }));
  const conditional = client.send(new PutItemCommand({ TableName, Item: Key, ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
  await expect(conditional).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  await expect(conditional).rejects.toMatchObject({ message: 'The conditional request failed', Item: { ...Key, a: { S: 'old' } } });

  const transaction = client.send(new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName, Item: { ...Key, sk: { N: '2' } } } }, { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' } }],
  }));
  await expect(transaction).rejects.toBeInstanceOf(TransactionCanceledException);
  await expect(transaction).rejects.toMatchObject({
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }],
  });

  const missing = client.send(new GetItemCommand({ TableName: 'none', Key }));
  await expect(missing).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(missing).rejects.toMatchObject({ message: 'Requested resource not found', $metadata: { httpStatusCode: 400 } });
  await expect(client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'SET' }))).rejects.toMatchObject({
    name: 'ValidationException', message: '1 validation error detected: Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "SET"',
  });
  await expect(client.send(new ExecuteStatementCommand({ Statement: 'SELECT 1' }))).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('dynamodb:ExecuteStatement') });
});

test('every answer has a checksum of its body', async () => {
  for (const body of ['{"TableName":"notes"}', '{"TableName":"none"}', '{']) {
    const answer = await database.send('Scan', body);
    expect(answer.headers['x-amz-crc32']).toBe(String(crc32(answer.body)));
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
  }
});

test('streams have a target of their own', async () => {
  await database.call('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } });
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, binary: { B: new Uint8Array([1, 2, 3]) } } }));
  const post = async (target: string, input: object) => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: 'POST', headers: { 'x-amz-target': target }, body: JSON.stringify(input) });
    return { status: response.status, ...await response.json() as any };
  };
  const { Streams: [{ StreamArn }] } = await post('DynamoDBStreams_20120810.ListStreams', { TableName });
  const { StreamDescription: { Shards: [{ ShardId }] } } = await post('DynamoDBStreams_20120810.DescribeStream', { StreamArn });
  const { ShardIterator } = await post('DynamoDBStreams_20120810.GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  const { Records: [record] } = await post('DynamoDBStreams_20120810.GetRecords', { ShardIterator });
  expect(record.dynamodb).toMatchObject({ ApproximateCreationDateTime: NOW / 1000, Keys: Key, NewImage: { ...Key, binary: { B: 'AQID' } } });
  expect(await post('DynamoDBStreams_20120810.GetRecords', { ShardIterator: 'x' })).toEqual({
    status: 400, __type: 'com.amazon.coral.validate#ValidationException', message: 'Invalid ShardIterator',
  });
  const unknown = { status: 400, __type: 'com.amazon.coral.service#UnknownOperationException' };
  expect(await post('DynamoDB_20120810.GetRecords', { ShardIterator })).toEqual(unknown);
  expect(await post('DynamoDBStreams_20120810.ListTables', {})).toEqual(unknown);
});
