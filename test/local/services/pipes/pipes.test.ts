import { Service, TraceRecord } from '../../../../local/kernel/contracts';
import { dynamodb } from '../../../../local/services/dynamodb';
import { pipes } from '../../../../local/services/pipes';
import { sqs } from '../../../../local/services/sqs';
import { eventually, TestKernel } from '../../../support/test-kernel';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/orders';
const WORKFLOW = 'arn:aws:states:us-east-1:000000000000:stateMachine:orders';
const READ = ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'];

/** A service that keeps what it is called with, and answers or fails as a test wants. */
function recorder(name: string, action: string, operation: string, answer: (input: any) => unknown = () => ({ Entries: [] })) {
  const inputs: any[] = [];
  return {
    inputs,
    factory: (): Service => ({
      name,
      operations: { [operation]: { permissions: () => [{ action: `${name}:${action}`, resource: '*' }], handle: input => { inputs.push(input); return answer(input); } } },
      resourceTypes: {},
    }),
  };
}

async function start(properties: object, options: { actions?: string[]; answer?: (input: any) => unknown } = {}) {
  const events = recorder('events', 'PutEvents', 'PutEvents', options.answer);
  const states = recorder('states', 'StartExecution', 'StartExecution', options.answer ?? (() => ({})));
  const test = new TestKernel(dynamodb, sqs, pipes, events.factory, states.factory);
  const table = await test.create('AWS::DynamoDB::Table', {
    TableName: 'Things',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  }, 'Table');
  const RoleArn = test.role('pipe', 'pipes.amazonaws.com', ...options.actions ?? [...READ, 'events:PutEvents', 'states:StartExecution', 'sqs:*']);
  const Source = String(table.attributes!.StreamArn);
  await test.create('AWS::Pipes::Pipe', { Name: 'changes', RoleArn, Source, Target: BUS, SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'TRIM_HORIZON' } }, ...properties }, 'Pipe');
  for (const service of test.kernel.services) {
    await service.deployed?.();
  }
  return {
    test,
    Source,
    events: events.inputs,
    states: states.inputs,
    put: (pk: string, more: object = {}) => test.call('dynamodb', 'PutItem', { TableName: 'Things', Item: { pk: { S: pk }, ...more } }),
    failures: () => test.entries.flatMap(entry => entry.kind === 'failure' ? [entry.message] : []),
  };
}

test('what happens to a table becomes events on a bus, in order', async () => {
  const { test, events, put, Source } = await start({});
  await put('one');
  await put('one', { n: { N: '1' } });
  await test.call('dynamodb', 'DeleteItem', { TableName: 'Things', Key: { pk: { S: 'one' } } });
  await test.clock.advance(250);
  const entries = events.flatMap(({ Entries }) => Entries);
  expect(entries.map(({ Detail }) => JSON.parse(Detail).eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(entries[0]).toMatchObject({ EventBusName: BUS, Source: 'Pipe changes', DetailType: 'Event from aws:dynamodb' });
  expect(JSON.parse(entries[1].Detail)).toMatchObject({ eventSourceARN: Source, dynamodb: { Keys: { pk: { S: 'one' } }, OldImage: { pk: { S: 'one' } }, NewImage: { n: { N: '1' } } } });
});

test('only what a filter lets through, as the template and the parameters shape it', async () => {
  const { test, events, put } = await start({
    SourceParameters: {
      DynamoDBStreamParameters: { StartingPosition: 'LATEST' },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["REMOVE"],"userIdentity":{"type":["Service"]}}' }, { Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"room"}]}}}}' }] },
    },
    TargetParameters: {
      InputTemplate: '{"id":<$.dynamodb.Keys.pk.S>,"text":"in <$.dynamodb.NewImage.text.S>","pipe":"<aws.pipes.pipe-name>","image":<$.dynamodb.NewImage>}',
      EventBridgeEventBusParameters: { Source: 'chat', DetailType: '$.eventName' },
    },
  });
  await put('user-1');
  await put('room-1', { text: { S: 'the hall' } });
  await test.clock.advance(500);
  expect(events.flatMap(({ Entries }) => Entries).map(({ Source, DetailType, Detail }) => ({ Source, DetailType, Detail: JSON.parse(Detail) }))).toEqual([{
    Source: 'chat', DetailType: 'INSERT', Detail: { id: 'room-1', text: 'in the hall', pipe: 'changes', image: { pk: { S: 'room-1' }, text: { S: 'the hall' } } },
  }]);
});

test('a workflow gets the batch as a list', async () => {
  const { test, states, put } = await start({ Target: WORKFLOW, DesiredState: 'STOPPED', TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' }, InputTemplate: '<$.dynamodb.Keys.pk.S>' } });
  await put('one');
  await put('two');
  await test.call('pipes', 'StartPipe', { Name: 'changes' });
  await test.clock.advance(250);
  expect(states).toEqual([{ stateMachineArn: WORKFLOW, input: '["one","two"]' }]);
});

test('a batch that fails is tried again before anything after it', async () => {
  let failing = true;
  const { test, events, put, failures } = await start({}, { answer: () => ({ Entries: [failing ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' } : { EventId: 'x' }] }) });
  await put('one');
  await test.clock.advance(250);
  await put('two');
  expect(failures()).toEqual(['Pipe changes: ThrottlingException: Rate exceeded']);
  failing = false;
  await test.clock.advance(5000);
  expect(events.map(({ Entries }) => Entries.map(({ Detail }: { Detail: string }) => JSON.parse(Detail).dynamodb.Keys.pk.S))).toEqual([['one'], ['one'], ['two']]);
});

const MINUTE = 60_000;
const keysOf = (events: any[]) => events.flatMap(({ Entries }) => Entries.map(({ Detail }: { Detail: string }) => JSON.parse(Detail).dynamodb.Keys.pk.S));

test.each([['twenty minutes', 20 * MINUTE], ['two days', 48 * 60 * MINUTE]])('after a target that has failed for %s the pipe goes on', async (_, time) => {
  let failing = true;
  const { test, events, put } = await start({}, { answer: () => ({ Entries: [failing ? { ErrorCode: 'ThrottlingException' } : { EventId: 'x' }] }) });
  await put('one');
  await test.clock.advance(time);
  failing = false;
  await put('two');
  events.length = 0;
  await test.clock.advance(2 * MINUTE);
  await put('three');
  await test.clock.advance(MINUTE);
  expect(keysOf(events)).toEqual(['one', 'two', 'three']);
});

test('after a night in which the machine has slept the pipe goes on, with what is new', async () => {
  const { test, events, put, failures } = await start({ DesiredState: 'STOPPED', SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'LATEST' } } });
  await put('before the pipe');
  await test.clock.advance(5000);
  await test.call('pipes', 'StartPipe', { Name: 'changes' });
  await test.clock.advance(1000);
  test.clock.skip(8 * 60 * MINUTE);
  await put('in the morning');
  await test.clock.advance(5000);
  test.clock.skip(8 * 60 * MINUTE);
  await put('in the evening');
  await test.clock.advance(5000);
  expect(keysOf(events)).toEqual(['in the morning', 'in the evening']);
  expect(failures()).toEqual([]);
});

test('what was tried often enough goes to the dead-letter queue, and the rest goes on', async () => {
  const answer = ({ Entries }: any) => ({ Entries: Entries.map(({ Detail }: { Detail: string }) => Detail.includes('poison') ? { ErrorCode: 'InternalFailure' } : { EventId: 'x' }) });
  const { test, events, put } = await start({
    SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'TRIM_HORIZON', BatchSize: 1, MaximumRetryAttempts: 2, DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' } } },
  }, { answer });
  await test.create('AWS::SQS::Queue', { QueueName: 'dead' }, 'Dead');
  await put('poison');
  await put('good');
  await test.clock.advance(60_000);
  expect(events.map(({ Entries: [{ Detail }] }) => JSON.parse(Detail).dynamodb.Keys.pk.S)).toEqual(['poison', 'poison', 'poison', 'good']);
  const { Messages: [{ Body }] } = await test.call('sqs', 'ReceiveMessage', { QueueUrl: 'http://x/000000000000/dead' });
  expect(JSON.parse(Body)).toMatchObject({
    context: { partnerResourceArn: expect.stringMatching(/:pipe\/changes$/), condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: { shardId: expect.stringMatching(/^shardId-/), batchSize: 1, streamArn: expect.stringContaining('/stream/') },
  });
  // The record itself is not in the letter: the stream has it, for a day.
  expect(Body).not.toContain('poison');
  const { DDBStreamBatchInfo: { streamArn: StreamArn, shardId: ShardId, startSequenceNumber, endSequenceNumber } } = JSON.parse(Body);
  expect(startSequenceNumber).toBe(endSequenceNumber);
  const { ShardIterator } = await test.call('dynamodb', 'GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: startSequenceNumber });
  const { Records: [record] } = await test.call('dynamodb', 'GetRecords', { ShardIterator, Limit: 1 });
  expect(record.dynamodb.Keys).toEqual({ pk: { S: 'poison' } });
});

test('an item that expired is told apart by its user identity', async () => {
  const { test, events, put } = await start({});
  await put('old', { expires: { N: String(Math.floor(test.clock.now() / 1000) + 60) } });
  await test.clock.advance(120_000);
  const removed = events.flatMap(({ Entries }) => Entries).map(({ Detail }) => JSON.parse(Detail)).find(({ eventName }) => eventName === 'REMOVE');
  expect(removed.userIdentity).toMatchObject({ type: 'Service', principalId: 'dynamodb.amazonaws.com' });
});

test('a role that may not read the stream is named, and reads once it may', async () => {
  const { test, events, put, failures } = await start({}, { actions: ['events:PutEvents'] });
  await put('one');
  await eventually(() => failures().length > 0);
  expect(failures()[0]).toMatch(/^Pipe changes: AccessDeniedException: .*is not authorized to perform: dynamodb:DescribeStream/);
  test.kernel.roles.attach('pipe', { name: 'read', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: READ, Resource: '*' }] } });
  await test.clock.advance(60_000);
  expect(events).toHaveLength(1);
});

test('a message of a queue is deleted once it was handed on, and comes again when it was not', async () => {
  let failing = true;
  const { test, events } = await start({ Source: 'arn:aws:sqs:us-east-1:000000000000:jobs', SourceParameters: {} }, { answer: () => ({ Entries: [failing ? { ErrorCode: 'InternalFailure' } : { EventId: 'x' }] }) });
  await test.create('AWS::SQS::Queue', { QueueName: 'jobs', VisibilityTimeout: 30 }, 'Jobs');
  await test.call('sqs', 'SendMessage', { QueueUrl: 'http://x/000000000000/jobs', MessageBody: '{"order":7}' });
  await test.clock.advance(5000);
  failing = false;
  await test.clock.advance(60_000);
  expect(events.map(({ Entries: [{ Detail, DetailType }] }) => [DetailType, JSON.parse(Detail).body])).toEqual([['Event from aws:sqs', { order: 7 }], ['Event from aws:sqs', { order: 7 }]]);
  expect(await test.call('sqs', 'GetQueueAttributes', { QueueUrl: 'http://x/000000000000/jobs', AttributeNames: ['All'] })).toMatchObject({ Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } });
});

test('whoever observes sees what sent a message, in the batch that comes of it, and nothing of looking for one', async () => {
  const { test } = await start({ Source: 'arn:aws:sqs:us-east-1:000000000000:jobs', SourceParameters: {} });
  await test.create('AWS::SQS::Queue', { QueueName: 'jobs' }, 'Jobs');
  // The pipe was there before.
  await test.clock.advance(5000);
  const records: TraceRecord[] = [];
  test.kernel.trace.observe(record => records.push(record));
  await test.call('sqs', 'SendMessage', { QueueUrl: 'http://x/000000000000/jobs', MessageBody: '{"order":7}' });
  await test.clock.advance(5000);
  const [sent] = records;
  const batches = records.filter(({ entry }) => entry.kind === 'batch');
  expect(sent.entry).toMatchObject({ operation: 'SendMessage' });
  expect(batches).toMatchObject([{ cause: sent.sequence, entry: { outcome: 'ok', causes: [sent.sequence], events: [{ body: { order: 7 } }] } }]);
  expect(records.filter(({ entry }) => entry.kind === 'call').map(({ entry }) => (entry as { operation: string }).operation)).toEqual(['SendMessage', 'PutEvents']);
});

test('can be stopped, started and described', async () => {
  const { test, events, put } = await start({ DesiredState: 'STOPPED', Description: 'of things' });
  await put('one');
  await test.clock.advance(1000);
  expect(events).toEqual([]);
  expect(await test.call('pipes', 'DescribePipe', { Name: 'changes' })).toMatchObject({ CurrentState: 'STOPPED', Description: 'of things', Target: BUS });
  await test.call('pipes', 'StartPipe', { Name: 'changes' });
  await test.clock.advance(1000);
  expect(events).toHaveLength(1);
  await expect(test.call('pipes', 'DescribePipe', { Name: 'other' })).rejects.toMatchObject({ code: 'NotFoundException', status: 404 });
});

test.each([
  ['a source', { Source: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' }, 'the local runtime does not emulate sources of pipes such as arn:aws:kinesis'],
  ['a target', { Target: 'arn:aws:ecs:us-east-1:000000000000:cluster/x' }, 'the local runtime does not emulate targets of pipes such as arn:aws:ecs'],
  ['an enrichment', { Enrichment: 'arn:aws:lambda:us-east-1:000000000000:function:x' }, 'does not emulate the property Enrichment of AWS::Pipes::Pipe'],
  ['a parameter', { TargetParameters: { LambdaFunctionParameters: {} } }, 'does not emulate the property TargetParameters.LambdaFunctionParameters'],
  ['a template', { TargetParameters: { InputTemplate: '{"a":<$.a[?(@.b)]>}' } }, 'neither a JSON path nor a variable of pipes: <$.a[?(@.b)]>'],
  ['a filter', { SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"a":1}' }] } } }, '"a" must be an object or an array'],
])('refuses %s that it cannot do, by name', async (_, properties, message) => {
  await expect(start(properties)).rejects.toThrow(message);
});
