import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AwsError } from '../../../local/kernel/aws-error';
import {
  DynamoDbDeleteItem, DynamoDbGetItem, DynamoDbPutItem, DynamoDbQuery, DynamoDbReturnValues, DynamoDbTransactWrite, DynamoDbTransactWriteItem,
  DynamoDbUpdateItem, Response, Value,
} from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, failed, IntegrationApp, REJECTED, tellsFailures, TOO_MANY_REQUESTS } from '../../support/integration-app';

const id = Value.body('$.id').asString();

const app = new IntegrationApp(stack => {
  const table = new Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
  });
  table.addGlobalSecondaryIndex({ indexName: 'byColour', partitionKey: { name: 'colour', type: AttributeType.STRING }, sortKey: { name: 'sk', type: AttributeType.STRING } });
  const key = { pk: Value.literal('row'), sk: id };
  return {
    put: () => new DynamoDbPutItem('Put', {
      table,
      item: { ...key, text: Value.body('$.text').asString(), count: Value.body('$.count').asNumber().optional(), colour: Value.body('$.colour').asString().withDefault('red') },
    }),
    create: () => new DynamoDbPutItem('Create', {
      table,
      item: key,
      conditionExpression: 'attribute_not_exists(#key)',
      expressionAttributeNames: { '#key': 'pk' },
      response: Response.ack().withError('ConditionalCheckFailedException', { code: 'Taken', message: 'That is taken.' }),
    }),
    get: () => new DynamoDbGetItem('Get', { table, key, consistentRead: true }),
    mapped: () => new DynamoDbGetItem('Mapped', {
      table,
      key,
      projectionExpression: '#text, #count',
      expressionAttributeNames: { '#text': 'text', '#count': 'count' },
      response: Response.json(Value.object({ text: Value.answer('$.Item.text.S'), count: Value.answer('$.Item.count.N').asNumber() }))
        .withError('NotFound', { code: 'NoSuchRow', message: 'There is no such row.' }),
    }),
    update: () => new DynamoDbUpdateItem('Update', {
      table,
      key,
      updateExpression: 'SET #text = :text ADD #count :by',
      conditionExpression: 'attribute_exists(pk)',
      expressionAttributeNames: { '#text': 'text', '#count': 'count' },
      expressionAttributeValues: { ':text': Value.body('$.text').asString(), ':by': Value.body('$.by').asNumber() },
      returnValues: DynamoDbReturnValues.UPDATED_NEW,
      response: Response.json(Value.object({ count: Value.answer('$.Attributes.count.N').asNumber() })),
    }),
    delete: () => new DynamoDbDeleteItem('Delete', { table, key }),
    deleteRed: () => new DynamoDbDeleteItem('DeleteRed', {
      table, key, conditionExpression: 'colour = :colour', expressionAttributeValues: { ':colour': Value.body('$.colour').asString() },
    }),
    query: () => new DynamoDbQuery('Query', {
      table,
      keyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      expressionAttributeValues: { ':pk': Value.literal('row'), ':prefix': Value.body('$.prefix').asString() },
      exclusiveStartKey: { pk: Value.literal('row'), sk: Value.body('$.after').asString() },
      limit: 2,
      response: Response.json(Value.object({
        rows: Value.each('$.Items', Value.object({
          id: Value.element('$.sk.S'), text: Value.element('$.text.S').optional(), count: Value.element('$.count.N').asNumber(),
        })),
        after: Value.answer('$.LastEvaluatedKey.sk.S').optional(),
      })),
    }),
    reds: () => new DynamoDbQuery('Reds', {
      table,
      indexName: 'byColour',
      keyConditionExpression: 'colour = :red',
      filterExpression: 'attribute_exists(#text)',
      projectionExpression: 'sk',
      expressionAttributeNames: { '#text': 'text' },
      expressionAttributeValues: { ':red': Value.literal('red') },
      scanIndexForward: false,
      limit: 1,
    }),
    transact: () => new DynamoDbTransactWrite('Transact', {
      items: [
        DynamoDbTransactWriteItem.put({ table, item: { ...key, text: Value.body('$.text').asString() }, conditionExpression: 'attribute_not_exists(pk)' }),
        DynamoDbTransactWriteItem.update({
          table,
          key: { pk: Value.literal('row'), sk: Value.literal('total') },
          updateExpression: 'ADD #count :one',
          expressionAttributeNames: { '#count': 'count' },
          expressionAttributeValues: { ':one': Value.literal(1) },
        }),
        DynamoDbTransactWriteItem.delete({ table, key: { pk: Value.literal('row'), sk: Value.body('$.old').asString() } }),
        DynamoDbTransactWriteItem.conditionCheck({
          table, key: { pk: Value.literal('row'), sk: Value.literal('locked') }, conditionExpression: 'attribute_not_exists(pk)',
        }),
      ],
      clientRequestToken: Value.body('$.token').asString().optional(),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

describe('PutItem', () => {
  test('puts what the message has, each of its type', async () => {
    expect(await app.ask({ action: 'put', id: 'a', text: 'it\'s "fine" $x #set(\\)', count: 3 })).toBe(ACKNOWLEDGED);
    expect(JSON.parse(await app.ask({ action: 'get', id: 'a' }))).toEqual({
      pk: { S: 'row' }, sk: { S: 'a' }, text: { S: 'it\'s "fine" $x #set(\\)' }, count: { N: '3' }, colour: { S: 'red' },
    });
  });

  test('refuses a message that lacks a field, or has another type there, before it calls', async () => {
    expect(await app.ask({ action: 'put', id: 'a' })).toBe(BAD_REQUEST_BODY);
    expect(await app.ask({ action: 'put', id: 'a', text: 5 })).toBe(BAD_REQUEST_BODY);
  });

  test('tells what DynamoDB rejects', async () => {
    expect(await app.ask({ action: 'put', id: '', text: 'x' })).toBe(REJECTED);
  });

  test('tells of a condition in the author\'s words', async () => {
    expect(await app.ask({ action: 'create', id: 'new' })).toBe(ACKNOWLEDGED);
    expect(await app.ask({ action: 'create', id: 'new' })).toBe(failed('Taken', 'That is taken.'));
  });

  tellsFailures(() => app, 'dynamodb:PutItem', { action: 'put', id: 'a', text: 'x' });
});

describe('GetItem', () => {
  test('answers with attributes of the item', async () => {
    await app.ask({ action: 'put', id: 'b', text: 'x"y', count: 12345678901234567890 });
    expect(await app.ask({ action: 'mapped', id: 'b' })).toBe('{"text":"x\\"y","count":12345678901234567000}');
  });

  test('an item that is not there is a failure', async () => {
    expect(await app.ask({ action: 'get', id: 'nobody' })).toBe(failed('NotFound', 'There is no such item.'));
    expect(await app.ask({ action: 'mapped', id: 'nobody' })).toBe(failed('NoSuchRow', 'There is no such row.'));
  });

  test('attributes that the item lacks are null', async () => {
    await app.ask({ action: 'create', id: 'bare' });
    expect(await app.ask({ action: 'mapped', id: 'bare' })).toBe('{"text":null,"count":null}');
  });

  tellsFailures(() => app, 'dynamodb:GetItem', { action: 'get', id: 'a' });
});

describe('UpdateItem', () => {
  test('changes the item and answers with what it became', async () => {
    await app.ask({ action: 'put', id: 'c', text: 'x', count: 1 });
    expect(await app.ask({ action: 'update', id: 'c', text: 'y', by: 41 })).toBe('{"count":42}');
    expect(await app.ask({ action: 'mapped', id: 'c' })).toBe('{"text":"y","count":42}');
  });

  test('makes no item against its condition', async () => {
    expect(await app.ask({ action: 'update', id: 'nobody', text: 'y', by: 1 })).toBe(REJECTED);
  });

  tellsFailures(() => app, 'dynamodb:UpdateItem', { action: 'update', id: 'c', text: 'y', by: 1 });
});

describe('DeleteItem', () => {
  test('deletes the item, whether there is one or not', async () => {
    await app.ask({ action: 'create', id: 'd' });
    expect(await app.ask({ action: 'delete', id: 'd' })).toBe(ACKNOWLEDGED);
    expect(await app.ask({ action: 'delete', id: 'd' })).toBe(ACKNOWLEDGED);
    expect(await app.ask({ action: 'get', id: 'd' })).toBe(failed('NotFound', 'There is no such item.'));
  });

  test('leaves an item that does not meet the condition', async () => {
    await app.ask({ action: 'put', id: 'e', text: 'x', colour: 'blue' });
    expect(await app.ask({ action: 'deleteRed', id: 'e', colour: 'red' })).toBe(REJECTED);
    expect(await app.ask({ action: 'deleteRed', id: 'e', colour: 'blue' })).toBe(ACKNOWLEDGED);
  });

  tellsFailures(() => app, 'dynamodb:DeleteItem', { action: 'delete', id: 'd' });
});

describe('Query', () => {
  beforeAll(async () => {
    await app.ask({ action: 'put', id: 'q1', text: '"1"', count: 1 });
    await app.ask({ action: 'create', id: 'q2' });
    await app.ask({ action: 'put', id: 'q3', text: '' });
  });

  test('answers with a list of what is made of each item, page by page', async () => {
    expect(await app.ask({ action: 'query', prefix: 'q' })).toBe('{"rows":[{"id":"q1","text":"\\"1\\"","count":1},{"id":"q2","count":null}],"after":"q2"}');
    expect(await app.ask({ action: 'query', prefix: 'q', after: 'q2' })).toBe('{"rows":[{"id":"q3","text":"","count":null}]}');
  });

  test('a list of nothing is empty', async () => {
    expect(await app.ask({ action: 'query', prefix: 'nothing' })).toBe('{"rows":[]}');
  });

  test('of an index, by default in DynamoDB\'s JSON', async () => {
    expect(JSON.parse(await app.ask({ action: 'reds' }))).toEqual({
      items: [{ sk: { S: 'q3' } }], lastEvaluatedKey: { pk: { S: 'row' }, sk: { S: 'q3' }, colour: { S: 'red' } },
    });
  });

  test('tells what DynamoDB rejects', async () => {
    expect(await app.ask({ action: 'query', prefix: 'q', after: '' })).toBe(REJECTED);
  });

  tellsFailures(() => app, 'dynamodb:Query', { action: 'query', prefix: 'q' });
});

describe('TransactWriteItems', () => {
  test('writes all or nothing', async () => {
    await app.ask({ action: 'create', id: 'old' });
    expect(await app.ask({ action: 'transact', id: 't', text: 'x', old: 'old' })).toBe(ACKNOWLEDGED);
    expect(await app.ask({ action: 'mapped', id: 'total' })).toBe('{"text":null,"count":1}');
    expect(await app.ask({ action: 'get', id: 'old' })).toBe(failed('NotFound', 'There is no such item.'));
    expect(await app.ask({ action: 'transact', id: 't', text: 'x', old: 'old' })).toBe(REJECTED);
    expect(await app.ask({ action: 'mapped', id: 'total' })).toBe('{"text":null,"count":1}');
  });

  test('does the same once for the same token', async () => {
    const message = { action: 'transact', id: 'tokened', text: 'x', old: 'old', token: 'token' };
    expect([await app.ask(message), await app.ask(message)]).toEqual([ACKNOWLEDGED, ACKNOWLEDGED]);
    expect(await app.ask({ action: 'mapped', id: 'total' })).toBe('{"text":null,"count":2}');
  });

  test('another transaction in its way is no mistake of the client', async () => {
    app.faults.next('dynamodb:TransactWriteItems', new AwsError(
      'TransactionCanceledException',
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict, None, None]',
      400,
      { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }] },
    ));
    expect(await app.ask({ action: 'transact', id: 'u', text: 'x', old: 'old' })).toBe(TOO_MANY_REQUESTS);
  });

  tellsFailures(() => app, 'dynamodb:TransactWriteItems', { action: 'transact', id: 'v', text: 'x', old: 'old' });
});
