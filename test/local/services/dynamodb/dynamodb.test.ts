import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactionCanceledException, TransactWriteItemsCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Principal } from '../../../../local/kernel/contracts';
import { Kernel } from '../../../../local/kernel/kernel';
import { createResource } from '../../../../local/kernel/properties';
import { systemRandomness } from '../../../../local/kernel/randomness';
import { Trace } from '../../../../local/kernel/trace';
import { dynamodb } from '../../../../local/services/dynamodb';
import { FakeClock } from '../../../support/fake-clock';

const account: Principal = { kind: 'account', arn: 'arn:aws:iam::000000000000:root' };
const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Things';

async function start(properties: object = {}) {
  const clock = new FakeClock(Date.UTC(2026, 0, 1));
  const kernel = new Kernel({ services: [dynamodb], clock, randomness: systemRandomness, trace: new Trace(), endpoint: () => '' });
  const service = kernel.service('dynamodb');
  const create = async (more: object) => createResource(service.resourceTypes['AWS::DynamoDB::Table'], {
    logicalId: 'Things',
    type: 'AWS::DynamoDB::Table',
    constructPath: 'Stack/Things',
    stackName: 'Stack',
    environment: { account: '000000000000', region: 'us-east-1', partition: 'aws', urlSuffix: 'amazonaws.com' },
    properties: {
      TableName: 'Things',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
      ...more,
    },
    generateName: () => 'Stack-Things-ABC',
    generateId: () => 'abc',
  });
  const table = await create(properties);
  await service.deployed!();
  const call = (operation: string, input: object, principal = account): Promise<any> => kernel.invoke({ principal, service: 'dynamodb', operation, input });
  return { clock, kernel, service, table, create, call };
}

const key = (pk: string, sk = '-') => ({ pk: { S: pk }, sk: { S: sk } });
const put = (pk: string, more: object = {}) => ({ TableName: 'Things', Item: { ...key(pk), ...more } });
const get = (pk: string) => ({ TableName: 'Things', Key: key(pk), ConsistentRead: true });

describe('AWS::DynamoDB::Table', () => {
  test('gives its name and ARN, and can be used at once', async () => {
    const { table, call } = await start();
    expect(table).toMatchObject({ ref: 'Things', attributes: { Arn: ARN } });
    expect((await call('DescribeTable', { TableName: ARN })).Table).toMatchObject({ TableName: 'Things', ItemCount: 0 });
  });

  test('is named by CloudFormation when it has no name, and may have indexes', async () => {
    const { create, call } = await start();
    const index = { IndexName: 'bySk', KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } };
    expect(await create({ TableName: undefined, GlobalSecondaryIndexes: [index] })).toMatchObject({ ref: 'Stack-Things-ABC' });
    await call('PutItem', { TableName: 'Stack-Things-ABC', Item: key('a', 'x') });
    const found = await call('Query', { TableName: 'Stack-Things-ABC', IndexName: 'bySk', KeyConditionExpression: 'sk = :sk', ExpressionAttributeValues: { ':sk': { S: 'x' } } });
    expect(found.Items).toEqual([key('a', 'x')]);
  });

  test('refuses what it does not know', async () => {
    await expect(start({ ReplicationGroup: [] })).rejects.toThrow('does not emulate the property ReplicationGroup of AWS::DynamoDB::Table');
    await expect(start({ KeySchema: [] })).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('items', () => {
  test('a condition that fails may return the item that failed it', async () => {
    const { call } = await start();
    await call('PutItem', put('a', { n: { N: '1' } }));
    const again = { ...put('a'), ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(call('PutItem', again)).rejects.toMatchObject({ code: 'ConditionalCheckFailedException', message: 'The conditional request failed', members: {} });
    await expect(call('PutItem', { ...again, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).rejects.toMatchObject({ members: { Item: { ...key('a'), n: { N: '1' } } } });
  });

  test.each([
    ['no table', 'GetItem', {}, 'ValidationException'],
    ['an unknown table', 'GetItem', { TableName: 'Nothing', Key: key('a') }, 'ResourceNotFoundException'],
    ['a key of another type', 'GetItem', { TableName: 'Things', Key: { pk: { N: '1' }, sk: { S: '-' } } }, 'ValidationException'],
    ['an empty key', 'PutItem', put(''), 'ValidationException'],
    ['a number that is none', 'PutItem', put('a', { n: { N: 'many' } }), 'ValidationException'],
    ['a number of 39 digits', 'PutItem', put('a', { n: { N: '1'.repeat(39) } }), 'ValidationException'],
    ['an item over 400 KB', 'PutItem', put('a', { text: { S: 'x'.repeat(400 * 1024) } }), 'ValidationException'],
    ['an expression that is none', 'PutItem', { ...put('a'), ConditionExpression: 'pk ===' }, 'ValidationException'],
    ['a value that is not defined', 'PutItem', { ...put('a'), ConditionExpression: 'pk = :none' }, 'ValidationException'],
  ])('%s is refused as on AWS', async (_, operation, input, code) => {
    const { call } = await start();
    await expect(call(operation, input)).rejects.toMatchObject({ code, message: expect.stringMatching(/./) });
  });

  test('names of attributes mean nothing to JavaScript', async () => {
    const { call } = await start();
    const item = JSON.parse('{"pk":{"S":"a"},"sk":{"S":"-"},"__proto__":{"S":"p"},"constructor":{"S":"c"}}');
    await call('PutItem', { TableName: 'Things', Item: item });
    expect(JSON.stringify((await call('GetItem', get('a'))).Item)).toContain('"constructor":{"S":"c"}');
    expect(({} as any).S).toBeUndefined();
  });

  test('does not change what it is given', async () => {
    const { call } = await start();
    const input = Object.freeze({ ...put('a'), Unknown: 1, ConditionExpression: 'attribute_not_exists(pk)' });
    await call('PutItem', input);
    expect(input).toHaveProperty('Unknown');
  });

  test('a hundred increments at once lose none', async () => {
    const { call } = await start();
    const increment = { TableName: 'Things', Key: key('count'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    await Promise.all(Array.from({ length: 100 }, () => call('UpdateItem', increment)));
    expect((await call('GetItem', get('count'))).Item.n).toEqual({ N: '100' });
  });
});

describe('TransactWriteItems', () => {
  const check = (pk: string, more: object = {}) => ({ ConditionCheck: { TableName: 'Things', Key: key(pk), ConditionExpression: 'attribute_exists(pk)', ...more } });

  test('writes everything', async () => {
    const { call } = await start();
    await call('PutItem', put('there'));
    await call('TransactWriteItems', {
      TransactItems: [
        check('there'),
        { Put: put('new') },
        { Update: { TableName: ARN, Key: key('counted'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
        { Delete: { TableName: 'Things', Key: key('absent') } },
      ],
    });
    const { Responses: responses } = await call('TransactGetItems', { TransactItems: ['new', 'counted', 'absent'].map(pk => ({ Get: { TableName: 'Things', Key: key(pk) } })) });
    expect(responses).toEqual([{ Item: key('new') }, { Item: { ...key('counted'), n: { N: '1' } } }, {}]);
  });

  test('writes nothing when a condition fails, and says which', async () => {
    const { call } = await start();
    await call('PutItem', put('there', { old: { BOOL: true } }));
    const existing = { Put: { ...put('there'), ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } };
    await expect(call('TransactWriteItems', { TransactItems: [{ Put: put('new') }, check('absent'), existing] })).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]',
      members: {
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: { ...key('there'), old: { BOOL: true } } },
        ],
      },
    });
    expect(await call('GetItem', get('new'))).toEqual({});
  });

  test('takes back what it wrote when a later write turns out to be impossible', async () => {
    const { call } = await start();
    await call('PutItem', put('text', { n: { S: 'one' } }));
    await call('PutItem', put('kept', { v: { N: '1' } }));
    const impossible = { Update: { TableName: 'Things', Key: key('text'), UpdateExpression: 'SET n = n + :one', ExpressionAttributeValues: { ':one': { N: '1' } } } };
    await expect(call('TransactWriteItems', { TransactItems: [{ Put: put('new') }, { Delete: { TableName: 'Things', Key: key('kept') } }, impossible] }))
      .rejects.toMatchObject({ code: 'TransactionCanceledException' });
    expect(await call('GetItem', get('new'))).toEqual({});
    expect((await call('GetItem', get('kept'))).Item).toEqual({ ...key('kept'), v: { N: '1' } });
  });

  test('a request repeated with its token is done once', async () => {
    const { call, clock } = await start();
    const request = {
      ClientRequestToken: 'token',
      TransactItems: [{ Update: { TableName: 'Things', Key: key('a'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } }],
    };
    await call('TransactWriteItems', request);
    await call('TransactWriteItems', request);
    expect((await call('GetItem', get('a'))).Item.n).toEqual({ N: '1' });
    await expect(call('TransactWriteItems', { ...request, TransactItems: [{ Put: put('b') }] })).rejects.toMatchObject({ code: 'IdempotentParameterMismatchException' });
    await clock.advance(10 * 60 * 1000 + 1);
    await call('TransactWriteItems', request);
    expect((await call('GetItem', get('a'))).Item.n).toEqual({ N: '2' });
  });

  test('does not mix with single writes that run at the same time', async () => {
    const { call } = await start();
    await call('PutItem', put('sum', { n: { N: '0' } }));
    const add = (by: string) => ({ TableName: 'Things', Key: key('sum'), UpdateExpression: 'ADD n :by', ExpressionAttributeValues: { ':by': { N: by } } });
    await Promise.all(Array.from({ length: 50 }, (_, index) => index % 2 ? call('UpdateItem', add('1')) : call('TransactWriteItems', { TransactItems: [{ Update: add('1') }] })));
    expect((await call('GetItem', get('sum'))).Item.n).toEqual({ N: '50' });
  });

  test.each([
    ['nothing', undefined],
    ['no items', []],
    ['too many items', Array.from({ length: 101 }, (_, index) => ({ Put: put(String(index)) }))],
    ['two writes of one item', [{ Put: put('a') }, { Delete: { TableName: 'Things', Key: key('a') } }]],
    ['two actions in one item', [{ Put: put('a'), Delete: { TableName: 'Things', Key: key('b') } }]],
    ['an unknown action', [{ Erase: put('a') }]],
  ])('%s is refused', async (_, items) => {
    const { call } = await start();
    await expect(call('TransactWriteItems', { TransactItems: items })).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('time to live', () => {
  const timeToLive = { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };
  const now = Date.UTC(2026, 0, 1) / 1000;

  test('deletes what has expired, in seconds', async () => {
    const { call, clock } = await start(timeToLive);
    await call('PutItem', put('soon', { expiresAt: { N: String(now + 30) } }));
    await call('PutItem', put('later', { expiresAt: { N: String(now + 3600) } }));
    await call('PutItem', put('milliseconds', { expiresAt: { N: String(now * 1000) } }));
    await call('PutItem', put('text', { expiresAt: { S: String(now) } }));
    await clock.advance(60_000);
    await new Promise(resolve => setTimeout(resolve, 0));
    await settled(async () => !(await call('GetItem', get('soon'))).Item);
    for (const kept of ['later', 'milliseconds', 'text']) {
      expect((await call('GetItem', get(kept))).Item).toBeDefined();
    }
  });

  test('deletes nothing when it is off', async () => {
    const { call, clock } = await start();
    await call('PutItem', put('old', { expiresAt: { N: String(now - 10) } }));
    await clock.advance(600_000);
    expect((await call('GetItem', get('old'))).Item).toBeDefined();
  });
});

describe('permissions', () => {
  const query = { TableName: 'Things', KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };

  test.each([
    ['GetItem', get('a'), ['dynamodb:GetItem', ARN]],
    ['Query', { ...query, IndexName: 'byName' }, ['dynamodb:Query', `${ARN}/index/byName`]],
    ['Query', { ...query, TableName: ARN }, ['dynamodb:Query', ARN]],
    ['BatchGetItem', { RequestItems: { Things: { Keys: [key('a')] } } }, ['dynamodb:BatchGetItem', ARN]],
    ['TransactWriteItems', { TransactItems: [{ Put: put('a') }, { ConditionCheck: get('b') }] }, ['dynamodb:PutItem', ARN, 'dynamodb:ConditionCheckItem', ARN]],
  ])('%s asks IAM for exactly what it touches', async (operation, input, expected) => {
    const { service } = await start();
    expect(service.operations[operation].permissions(input).flatMap(({ action, resource }) => [action, resource])).toEqual(expected);
  });
});

describe('with the AWS SDK', () => {
  let server: Server;
  let client: DynamoDBClient;

  beforeAll(async () => {
    const { kernel } = await start();
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const headers = request.headers as Record<string, string>;
      const answer = await kernel.send(account, 'dynamodb', { method: 'POST', path: '/', query: '', headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  test('items, pages and binary values', async () => {
    for (const sk of ['1', '2', '3']) {
      await client.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: 'page' }, sk: { S: sk }, raw: { B: new Uint8Array([0, 255]) } } }));
    }
    const request = { TableName: 'Things', KeyConditionExpression: 'pk = :page', ExpressionAttributeValues: { ':page': { S: 'page' } }, Limit: 2 };
    const first = await client.send(new QueryCommand(request));
    expect(first.Items!.map(item => item.sk.S)).toEqual(['1', '2']);
    expect(first.Items![0].raw.B).toEqual(new Uint8Array([0, 255]));
    const second = await client.send(new QueryCommand({ ...request, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect(second.Items!.map(item => item.sk.S)).toEqual(['3']);
    expect(second.LastEvaluatedKey).toBeUndefined();
  });

  test('errors are the exceptions of the SDK', async () => {
    await expect(client.send(new GetItemCommand({ TableName: 'Nothing', Key: key('a') }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new UpdateItemCommand({ TableName: 'Things', Key: key('a'), UpdateExpression: 'SET' }))).rejects.toMatchObject({ name: 'ValidationException' });
    const transaction = client.send(new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: { TableName: 'Things', Key: key('none'), ConditionExpression: 'attribute_exists(pk)' } }] }));
    await expect(transaction).rejects.toBeInstanceOf(TransactionCanceledException);
    await transaction.catch(error => expect(error.CancellationReasons[0].Code).toBe('ConditionalCheckFailed'));
  });
});

/** Lets work that nobody waits for come to its end. */
async function settled(done: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (await done()) {
      return;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error('It did not come to its end.');
}
