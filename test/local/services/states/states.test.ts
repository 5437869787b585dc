import { fakeService, start, task } from './workflows';
import { AwsError } from '../../../../local/kernel/aws-error';
import { HttpRequest, Service } from '../../../../local/kernel/contracts';
import { eventually } from '../../../support/test-kernel';

const pass = { QueryLanguage: 'JSONata', StartAt: 'Pass', States: { Pass: { Type: 'Pass', Output: '{% $states.input.n + 1 %}', End: true } } };

describe('StartSyncExecution', () => {
  test('answers with the whole of the execution', async () => {
    const { run, stateMachineArn } = await start(pass);
    expect(await run({ n: 1 })).toEqual({
      billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
      executionArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:express:Machine:[0-9a-f-]{36}:[0-9a-f-]{36}$/),
      input: '{"n":1}',
      inputDetails: { included: true },
      name: expect.any(String),
      output: '2',
      outputDetails: { included: true },
      startDate: 1767323045,
      stateMachineArn,
      status: 'SUCCEEDED',
      stopDate: 1767323045,
      traceHeader: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=1$/),
    });
  });

  test('what no state touched comes out as it went in', async () => {
    const { run } = await start({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 0, End: true } } });
    const text = '{"first_name" : "Jane",\n "n": 1.0}';
    expect(await run(text)).toMatchObject({ input: text, output: text });
    const changed = await start({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', Result: 1, ResultPath: '$.m', End: true } } });
    expect(await changed.run(text)).toMatchObject({ output: '{"first_name":"Jane","n":1,"m":1}' });
  });

  test('succeeds when the execution fails, and says so in it', async () => {
    const { run, test } = await start({ StartAt: 'Fail', States: { Fail: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } } });
    const answer = await run();
    expect(answer).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'on purpose' });
    expect(answer).not.toHaveProperty('output');
    expect(test.entries).toContainEqual(expect.objectContaining({ kind: 'execution', status: 'FAILED', error: 'Broken' }));
  });

  test('an output that is nested too deeply to be written fails the execution, not the call', async () => {
    const { run } = await start({ QueryLanguage: 'JSONata', StartAt: 'Pass', States: { Pass: { Type: 'Pass', Output: { deep: '{% $states.input %}' }, End: true } } });
    const statuses = new Set<string>();
    for (let depth = 500; depth <= 12_000; depth += 250) {
      statuses.add((await run(`${'['.repeat(depth)}${']'.repeat(depth)}`)).status);
    }
    expect([...statuses]).toEqual(['SUCCEEDED', 'FAILED']);
  });

  test.each([
    ['a standard state machine', 'STANDARD', {}, 'StateMachineTypeNotSupported'],
    ['an input that is no JSON', 'EXPRESS', { input: '{' }, 'InvalidExecutionInput'],
    ['an input that is no text', 'EXPRESS', { input: 7 }, 'SerializationException'],
    ['an input over 256 KB', 'EXPRESS', { input: JSON.stringify('x'.repeat(262_144)) }, 'ValidationException'],
    ['a name that is none', 'EXPRESS', { name: 'a b' }, 'InvalidName'],
    ['an ARN that is none', 'EXPRESS', { stateMachineArn: 'Machine' }, 'InvalidArn'],
    ['another ARN', 'EXPRESS', { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Other' }, 'StateMachineDoesNotExist'],
  ])('refuses %s', async (_, type, input, code) => {
    const { test, stateMachineArn } = await start(pass, { type });
    await expect(test.call('states', 'StartSyncExecution', { stateMachineArn, ...input })).rejects.toMatchObject({ code });
  });
});

describe('StartExecution', () => {
  test('does not wait, and can be described when it has ended', async () => {
    const { test, stateMachineArn } = await start(pass, { type: 'STANDARD' });
    const { executionArn } = await test.call('states', 'StartExecution', { stateMachineArn, name: 'first', input: '{"n":41}' });
    expect(executionArn).toBe('arn:aws:states:us-east-1:000000000000:execution:Machine:first');
    await eventually(() => test.entries.find(each => each.kind === 'execution'));
    expect(await test.call('states', 'DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '42' });
  });

  test('a name is used once', async () => {
    const { test, stateMachineArn } = await start(pass, { type: 'STANDARD' });
    await test.call('states', 'StartExecution', { stateMachineArn, name: 'first', input: '{"n":1}' });
    await expect(test.call('states', 'StartExecution', { stateMachineArn, name: 'first', input: '{"n":2}' })).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  });
});

describe('what is no request to start an execution is refused in AWS\'s words', () => {
  const other = 'arn:aws:states:us-east-1:000000000000:stateMachine:Other';
  const long = 'a'.repeat(81);

  test.each<[string, object, string, string]>([
    ['an ARN that is none', { stateMachineArn: 'Machine' }, 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: Machine'"],
    ['the ARN of something else', { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:execution:Machine' }, 'InvalidArn', "Invalid Arn: 'Resource type not valid in this context: execution'"],
    ['no ARN', { stateMachineArn: undefined }, 'ValidationException', "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null"],
    ['a state machine that is not there', { stateMachineArn: other, name: 'a b' }, 'StateMachineDoesNotExist', `State Machine Does Not Exist: '${other}'`],
    ['a name that is too long, whoever is asked', { stateMachineArn: other, name: long }, 'ValidationException', `1 validation error detected: Value '${long}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`],
    ['a name with a space', { name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    ['more than 256 KB', { input: JSON.stringify('ä'.repeat(131_072)) }, 'ValidationException', "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have size less than or equal to 262144 bytes in UTF-8 encoding"],
  ])('%s', async (_, input, code, message) => {
    const { test, stateMachineArn } = await start(pass, { type: 'STANDARD' });
    await expect(test.call('states', 'StartExecution', { stateMachineArn, ...input })).rejects.toMatchObject({ code, message });
  });
});

describe('standard executions', () => {
  const wait = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } };

  test('can be stopped, with a reason', async () => {
    const { test, stateMachineArn } = await start(wait, { type: 'STANDARD' });
    const { executionArn } = await test.call('states', 'StartExecution', { stateMachineArn });
    expect(await test.call('states', 'DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
    expect(await test.call('states', 'StopExecution', { executionArn, error: 'Enough', cause: 'of this' })).toEqual({ stopDate: 1767323045 });
    const stopped = await test.call('states', 'DescribeExecution', { executionArn });
    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of this' });
    await test.call('states', 'StopExecution', { executionArn, error: 'Again' });
    expect(await test.call('states', 'DescribeExecution', { executionArn })).toEqual(stopped);
  });

  test('keep their history, in pages', async () => {
    const { test, stateMachineArn } = await start(pass, { type: 'STANDARD' });
    const { executionArn } = await test.call('states', 'StartExecution', { stateMachineArn, input: '{"n":1}' });
    await eventually(() => test.entries.find(each => each.kind === 'execution'));
    const { events } = await test.call('states', 'GetExecutionHistory', { executionArn });
    expect(events.map(({ id, previousEventId, type }: any) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'], [2, 0, 'PassStateEntered'], [3, 2, 'PassStateExited'], [4, 3, 'ExecutionSucceeded'],
    ]);
    expect(events[2]).toMatchObject({ timestamp: 1767323045, stateExitedEventDetails: { name: 'Pass', output: '2' } });

    const first = await test.call('states', 'GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 3, includeExecutionData: false });
    expect(first.events.map(({ id }: any) => id)).toEqual([4, 3, 2]);
    expect(first.events[1].stateExitedEventDetails).not.toHaveProperty('output');
    const second = await test.call('states', 'GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 3, nextToken: first.nextToken });
    expect(second.events.map(({ id }: any) => id)).toEqual([1]);
    expect(second).not.toHaveProperty('nextToken');
  });

  test('are listed, the newest first', async () => {
    const { test, stateMachineArn } = await start(wait, { type: 'STANDARD' });
    for (const name of ['one', 'two']) {
      await test.call('states', 'StartExecution', { stateMachineArn, name });
    }
    await test.call('states', 'StopExecution', { executionArn: stateMachineArn.replace('stateMachine', 'execution') + ':one' });
    const names = async (statusFilter?: string) => (await test.call('states', 'ListExecutions', { stateMachineArn, statusFilter })).executions.map(({ name }: any) => name);
    expect([await names(), await names('RUNNING'), await names('ABORTED')]).toEqual([['two', 'one'], ['two'], ['one']]);
  });

  test.each([
    ['ListExecutions', { maxResults: 1001 }, 'ValidationException'],
    ['ListExecutions', { nextToken: 'x' }, 'InvalidToken'],
    ['GetExecutionHistory', { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:Machine:none' }, 'ExecutionDoesNotExist'],
    ['StopExecution', { executionArn: 'none' }, 'InvalidArn'],
  ])('%s %p is refused', async (operation, input, code) => {
    const { test, stateMachineArn } = await start(wait, { type: 'STANDARD' });
    await expect(test.call('states', operation, { stateMachineArn, ...input })).rejects.toMatchObject({ code });
  });

  test('are kept as long as they run, and of those that have ended the last thousand', async () => {
    const { test, stateMachineArn } = await start({ StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$', End: true } } }, { type: 'STANDARD' });
    const begin = (name: string, seconds: number) => test.call('states', 'StartExecution', { stateMachineArn, name, input: String(seconds) });
    const { executionArn: long } = await begin('long', 3600);
    const { executionArn: short } = await begin('short', 0);
    for (let count = 0; count < 1000; count++) {
      await begin(`n${count}`, 0);
    }
    expect(await test.call('states', 'DescribeExecution', { executionArn: long })).toMatchObject({ status: 'RUNNING' });
    await expect(test.call('states', 'DescribeExecution', { executionArn: short })).rejects.toMatchObject({ code: 'ExecutionDoesNotExist' });
    await test.call('states', 'StopExecution', { executionArn: long });
  });

  test('of express state machines there is no record', async () => {
    const { test, stateMachineArn } = await start(pass);
    await expect(test.call('states', 'ListExecutions', { stateMachineArn })).rejects.toMatchObject({ code: 'StateMachineTypeNotSupported' });
  });
});

describe('tasks', () => {
  test('call any action of a service with the role of the state machine', async () => {
    const dynamodb = fakeService('dynamodb', () => ({ Count: 3 }));
    const { run } = await start(task('aws-sdk:dynamodb:query', { TableName: 'T' }, { Output: '{% $states.result.Count %}' }), { services: [dynamodb.factory] });
    expect(await run()).toMatchObject({ status: 'SUCCEEDED', output: '3' });
    expect(dynamodb.calls).toEqual([{ operation: 'Query', input: { TableName: 'T' } }]);
  });

  const failing = (code: string, message: string, status = 400) => () => {
    throw new AwsError(code, message, status);
  };

  test.each([
    ['aws-sdk:dynamodb:putItem', 'dynamodb', 'ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException', /^no \(Service: DynamoDb, Status Code: 400, Request ID: [0-9a-f-]{36}\) \(SDK Attempt Count: 1\)$/],
    ['aws-sdk:dynamodb:putItem', 'dynamodb', 'ValidationException', 'DynamoDb.DynamoDbException', /Service: DynamoDb/],
    ['aws-sdk:dynamodb:putItem', 'dynamodb', 'InternalServerError', 'DynamoDb.InternalServerErrorException', /Service: DynamoDb/],
    ['aws-sdk:eventbridge:testEventPattern', 'events', 'InvalidEventPatternException', 'EventBridge.InvalidEventPatternException', /Service: EventBridge/],
    ['dynamodb:putItem', 'dynamodb', 'ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException', /^no \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/],
    ['dynamodb:putItem', 'dynamodb', 'ValidationException', 'DynamoDB.AmazonDynamoDBException', /Error Code: ValidationException/],
  ])('%s: %s %s is named %s', async (resource, service, code, error, cause) => {
    const { run } = await start(task(resource, {}), { services: [fakeService(service, failing(code, 'no')).factory] });
    expect(await run()).toMatchObject({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
  });

  test('a role that may not, fails the task and never reaches the service', async () => {
    const dynamodb = fakeService('dynamodb', () => ({}));
    const { run } = await start(task('aws-sdk:dynamodb:deleteItem', {}), { services: [dynamodb.factory], actions: ['dynamodb:GetItem'] });
    expect(await run()).toMatchObject({ status: 'FAILED', error: 'DynamoDb.DynamoDbException', cause: expect.stringContaining('is not authorized to perform: dynamodb:DeleteItem') });
    expect(dynamodb.calls).toEqual([]);
  });

  test('an event that was refused fails the task', async () => {
    const events = fakeService('events', () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail' }] }));
    const { run } = await start(task('events:putEvents', { Entries: [{ Source: 'a', DetailType: 'b', Detail: { n: 1 } }] }), { services: [events.factory] });
    expect(await run()).toMatchObject({ status: 'FAILED', error: 'EventBridge.FailedEntry' });
    expect(events.calls[0].input.Entries[0].Detail).toBe('{"n":1}');
  });

  test.each([
    ['arn:aws:states:::aws-sdk:s3:getObject'],
    ['arn:aws:states:us-east-1:000000000000:activity:manual'],
    ['arn:aws:states:::sqs:sendMessage.sync'],
    ['arn:aws:states:::lambda:invoke.sync:2'],
    ['arn:aws:states:::aws-sdk:apigatewaymanagementapi:postToConnection'],
  ])('%s is refused when the state machine is made', async resource => {
    await expect(start({ StartAt: 'T', States: { T: { Type: 'Task', Resource: resource, End: true } } }, { type: 'STANDARD' })).rejects.toThrow(resource);
  });

  test('a definition that is none is refused when the state machine is made', async () => {
    await expect(start({ StartAt: 'Nowhere', States: {} })).rejects.toThrow(/Invalid State Machine Definition/);
  });
});

describe('apigateway:invoke', () => {
  const parameters = { ApiEndpoint: 'abc123.execute-api.us-east-1.amazonaws.com', Method: 'POST', Stage: 'live', Path: '/@connections/a=', AuthType: 'IAM_ROLE' };

  async function invoke(more: object, status = 200, body = '') {
    const requests: HttpRequest[] = [];
    const executeApi = (): Service => ({
      name: 'execute-api',
      operations: { Post: { permissions: () => [], handle: () => ({}) } },
      resourceTypes: {},
      protocols: [{
        kind: 'api',
        accepts: () => true,
        decode: request => {
          requests.push(request);
          return { operation: 'Post', input: {} };
        },
        encode: () => ({ status, headers: { 'content-type': 'application/json' }, body }),
        encodeError: () => ({ status: 500, headers: {}, body: 'fault' }),
      }],
    });
    const { run } = await start(task('apigateway:invoke', { ...parameters, ...more }), { services: [executeApi] });
    return { answer: await run(), requests };
  }

  test('sends an object as compact JSON to the stage and the path', async () => {
    const { answer, requests } = await invoke({ RequestBody: { a: 1 }, Headers: { 'X-One': ['1', '2'] }, QueryParameters: { q: ['a b'] } });
    expect(requests).toEqual([{ method: 'POST', path: '/live/@connections/a=', query: 'q=a+b', headers: { 'x-one': '1,2', 'host': parameters.ApiEndpoint }, body: '{"a":1}' }]);
    expect(JSON.parse(answer.output)).toEqual({ Headers: { 'content-type': ['application/json'] }, StatusCode: 200, StatusText: 'OK' });
  });

  test.each([
    ['a string is encoded like any value', { RequestBody: 'Hello' }, '"Hello"'],
    ['null members are dropped', { RequestBody: { a: null, b: { c: null } } }, '{"b":{}}'],
    ['unless they are allowed', { RequestBody: { a: null }, AllowNullValues: true }, '{"a":null}'],
  ])('%s', async (_, more, body) => {
    expect((await invoke(more)).requests[0].body).toBe(body);
  });

  test('any status but success is an error of its own name', async () => {
    expect((await invoke({}, 410, '{"message":"gone"}')).answer).toMatchObject({ status: 'FAILED', error: 'ApiGateway.410', cause: '{"message":"gone"}' });
  });

  test.each([
    ['another host', { ApiEndpoint: 'example.com' }, /'ApiEndpoint'/],
    ['a header that is no list', { Headers: { a: 'b' } }, /'Headers'/],
    ['an unknown method', { Method: 'FETCH' }, /'Method'/],
    ['an unknown field', { Body: {} }, /"Body"/],
    ['a resource policy', { AuthType: 'RESOURCE_POLICY' }, /IAM_ROLE or NO_AUTH only, received RESOURCE_POLICY/],
  ])('%s is refused', async (_, more, cause) => {
    const { answer, requests } = await invoke(more);
    expect(answer).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringMatching(cause) });
    expect(requests).toEqual([]);
  });
});

test('stopping ends what still runs', async () => {
  const { test, stateMachineArn } = await start({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } });
  await test.call('states', 'StartExecution', { stateMachineArn });
  await test.kernel.service('states').stop!();
  expect(await eventually(() => test.entries.find(each => each.kind === 'execution'))).toMatchObject({ status: 'ABORTED' });
});
