import { SignatureV4 } from '@smithy/signature-v4';
import { TestFunctions } from './test-functions';
import { Principal, Service } from '../../../../local/kernel/contracts';
import { Listener } from '../../../../local/wire/listener';
import { Sha256 } from '../../../support/sha256';

/** What was sent to queues. */
class Queues {
  readonly sent: Array<{ input: any; principal: Principal }> = [];

  readonly service = (): Service => ({
    name: 'sqs',
    operations: {
      SendMessage: {
        permissions: () => [{ action: 'sqs:SendMessage', resource: '*' }],
        handle: (input, { principal }) => {
          this.sent.push({ input, principal });
        },
      },
    },
    resourceTypes: {},
  });
}

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:dead';
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

let queues: Queues;
let functions: TestFunctions;
beforeEach(() => {
  queues = new Queues();
  functions = new TestFunctions(queues.service);
});
afterEach(() => functions.stop());

const service = (name: string, sourceArn?: string): Principal => ({ kind: 'service', arn: name, sourceArn });

describe('who may call a function', () => {
  beforeEach(() => functions.define('exports.handler = async () => 1;'));

  test('whoever its permissions name, and for what they name', async () => {
    const topic = 'arn:aws:sns:us-east-1:000000000000:news';
    await functions.create('AWS::Lambda::Permission', { FunctionName: ARN, Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', SourceArn: topic }, 'Permission');
    expect((await functions.invoke({}, {}, service('sns.amazonaws.com', topic))).payload).toBe(1);
    await expect(functions.invoke({}, {}, service('sns.amazonaws.com', `${topic}2`))).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(functions.invoke({}, {}, service('events.amazonaws.com', topic))).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  test('a role whose policy allows it, and no other', async () => {
    const may = (...actions: string[]) => functions.kernel.assumeRole(functions.role('caller', 'x.amazonaws.com', ...actions), 'x.amazonaws.com', ARN);
    expect((await functions.invoke({}, {}, may('lambda:InvokeFunction'))).payload).toBe(1);
    await expect(functions.invoke({}, {}, may('lambda:GetFunction'))).rejects.toMatchObject({ code: 'AccessDeniedException', message: expect.stringContaining(`lambda:InvokeFunction on resource: ${ARN}`) });
  });

  test.each([
    ['SourceAccount', { SourceAccount: '000000000000' }, 'arn:aws:s3:us-east-1:000000000000:x', true],
    ['SourceAccount of others', { SourceAccount: '111111111111' }, 'arn:aws:s3:us-east-1:000000000000:x', false],
  ])('a condition counts: %s', async (_name, condition, sourceArn, allowed) => {
    await functions.create('AWS::Lambda::Permission', { FunctionName: 'fn', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', ...condition }, 'Permission');
    const outcome = functions.invoke({}, {}, service('s3.amazonaws.com', sourceArn)).then(() => true, () => false);
    expect(await outcome).toBe(allowed);
  });
});

describe('what Invoke refuses', () => {
  test.each<[string, object, object]>([
    ['a function that is not there', { FunctionName: 'nothing' }, { code: 'ResourceNotFoundException', status: 404, message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nothing' }],
    ['a version that is not there', { Qualifier: '7' }, { code: 'ResourceNotFoundException', message: `Function not found: ${ARN}:7` }],
    ['a name that is none', { FunctionName: 'a b' }, { code: 'ValidationException', status: 400 }],
    ['a name of a prototype', { FunctionName: '__proto__' }, { code: 'ResourceNotFoundException' }],
    ['two qualifiers', { FunctionName: `${ARN}:1`, Qualifier: '2' }, { code: 'InvalidParameterValueException' }],
    ['a payload that is no JSON', { Payload: '{a' }, { code: 'InvalidRequestContentException', status: 400 }],
    ['a payload that is too large', { Payload: `"${'x'.repeat(6 * 1024 * 1024)}"` }, { code: 'RequestTooLargeException', status: 413 }],
    ['an event that is too large', { InvocationType: 'Event', Payload: `"${'x'.repeat(1024 * 1024)}"` }, { code: 'RequestTooLargeException' }],
    ['another type of invocation', { InvocationType: 'Maybe' }, { code: 'ValidationException' }],
  ])('%s', async (_name, input, error) => {
    await functions.define('exports.handler = async () => 1;');
    await expect(functions.invoke({}, input)).rejects.toMatchObject(error);
  });

  test('more than may run at a time', async () => {
    await functions.define('exports.handler = async () => 1;', { ReservedConcurrentExecutions: 0 });
    await expect(functions.invoke()).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429, members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } });
  });
});

test('versions keep their code, and aliases lead to them', async () => {
  await functions.define('exports.handler = async (event, context) => `one ${context.functionVersion} ${context.invokedFunctionArn.slice(-7)}`;');
  const { ref } = await functions.create('AWS::Lambda::Version', { FunctionName: 'fn' }, 'Version');
  expect(ref).toBe(`${ARN}:1`);
  await functions.create('AWS::Lambda::Alias', { FunctionName: 'fn', FunctionVersion: '1', Name: 'live' }, 'Alias');
  expect((await functions.invoke({}, { Qualifier: 'live' })).payload).toBe('one 1 fn:live');
  expect((await functions.invoke({}, { FunctionName: ref })).payload).toBe('one 1 on:fn:1');
  expect((await functions.invoke()).payload).toBe('one $LATEST tion:fn');
});

test('DryRun checks and runs nothing', async () => {
  await functions.define('process.exit(1)');
  expect(await functions.invoke({}, { InvocationType: 'DryRun' })).toMatchObject({ status: 204, payload: undefined });
});

describe('an asynchronous invocation', () => {
  const record = () => new Promise<any>(resolve => {
    const look = setInterval(() => {
      if (queues.sent.length > 0) {
        clearInterval(look);
        resolve(queues.sent[0]);
      }
    }, 5);
  });

  test('is answered at once, tried three times, and handed on when all failed', async () => {
    await functions.define('let count = 0; exports.handler = async event => { console.log(`attempt ${++count}`); throw new Error(event.text); };', { DeadLetterConfig: { TargetArn: QUEUE } });
    const attempt = (count: number) => functions.logged(`attempt ${count}`).then(() => functions.logged('REPORT'));
    let next = attempt(1);
    expect(await functions.invoke({ text: 'no' }, { InvocationType: 'Event' })).toMatchObject({ status: 202, payload: undefined });
    for (const [count, pause] of [[2, 60_000], [3, 120_000]]) {
      await next;
      next = attempt(count);
      await functions.clock.advance(pause - 1);
      await functions.clock.advance(1);
    }
    await next;
    const { input, principal } = await record();
    expect(principal).toMatchObject({ kind: 'role', roleArn: functions.roleArn });
    expect(input).toEqual({
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead',
      MessageBody: '{"text":"no"}',
      MessageAttributes: {
        RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) }, ErrorCode: { DataType: 'Number', StringValue: '200' }, ErrorMessage: { DataType: 'String', StringValue: 'no' },
      },
    });
  });

  test.each<[string, string, object, object]>([
    ['succeeds', 'exports.handler = async event => event.a + 1;', { OnSuccess: { Destination: QUEUE } }, {
      requestContext: { condition: 'Success', approximateInvokeCount: 1, functionArn: `${ARN}:$LATEST` }, requestPayload: { a: 1 }, responseContext: { statusCode: 200, executedVersion: '$LATEST' }, responsePayload: 2,
    }],
    ['fails', 'exports.handler = async () => { throw new Error("no"); };', { OnFailure: { Destination: QUEUE } }, {
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 }, responseContext: { functionError: 'Unhandled' }, responsePayload: { errorMessage: 'no' },
    }],
  ])('tells its destination how it %s', async (_name, source, DestinationConfig, expected) => {
    await functions.define(source);
    await functions.create('AWS::Lambda::EventInvokeConfig', { FunctionName: 'fn', Qualifier: '$LATEST', MaximumRetryAttempts: 0, DestinationConfig }, 'Config');
    await functions.invoke({ a: 1 }, { InvocationType: 'Event' });
    expect(JSON.parse((await record()).input.MessageBody)).toMatchObject({ version: '1.0', ...expected });
  });
});

describe('a function is refused', () => {
  test.each<[string, object, RegExp]>([
    ['in another runtime', { Runtime: 'python3.13' }, /does not emulate functions in the runtime python3.13/],
    ['in a runtime of its own', { Runtime: 'provided.al2023' }, /does not emulate functions in the runtime provided.al2023/],
    ['from an image', { PackageType: 'Image', Code: { ImageUri: 'x' } }, /package type Image/],
    ['with layers', { Layers: ['arn'] }, /does not emulate the property Layers/],
    ['from a bucket', { Code: { S3Bucket: 'b', S3Key: 'k' } }, /s3:\/\/b\/k is no asset of the cloud assembly/],
    ['from a directory that is not there', { Code: '/nowhere' }, /there is no code at \/nowhere/],
    ['with a role that Lambda may not assume', { Role: 'arn:aws:iam::000000000000:role/none' }, /The role defined for the function cannot be assumed by Lambda/],
    ['with variables that are Lambda\'s', { Environment: { Variables: { AWS_REGION: 'x' } } }, /Reserved keys used in this request: AWS_REGION/],
    ['with a timeout that is none', { Timeout: 901 }, /Timeout has to be a whole number from 1 to 900, not 901/],
    ['with a destination that is not emulated', { DeadLetterConfig: { TargetArn: 'arn:aws:s3:::bucket' } }, /does not emulate destinations such as arn:aws:s3:::bucket/],
  ])('%s', async (_name, properties, message) => {
    await expect(functions.define('', properties)).rejects.toThrow(message);
  });
});

describe('on the wire', () => {
  let listener: Listener;
  let port: number;
  beforeEach(async () => {
    await functions.define('exports.handler = async event => { if (event.fail) throw new TypeError("no"); return event; };');
    listener = new Listener({ kernel: functions.kernel, account: '000000000000' });
    port = await listener.listen(0);
  });
  afterEach(() => listener.close());

  async function send(method: string, path: string, body = '', headers: Record<string, string> = {}) {
    const [pathname, query = ''] = path.split('?');
    const signer = new SignatureV4({ service: 'lambda', region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, sha256: Sha256 });
    const signed = await signer.sign({
      method, protocol: 'http:', hostname: '127.0.0.1', path: pathname, query: Object.fromEntries(new URLSearchParams(query)), headers: { host: `127.0.0.1:${port}`, ...headers }, body,
    } as never);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: (signed as unknown as { headers: Record<string, string> }).headers, body: method === 'GET' ? undefined : body });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  }

  test('Invoke answers with what the function returned, and says how it went in headers', async () => {
    const { status, headers, body } = await send('POST', '/2015-03-31/functions/fn/invocations', '{"a":"é"}', { 'x-amz-log-type': 'Tail' });
    expect([status, body, headers.get('x-amz-executed-version'), headers.get('x-amz-function-error')]).toEqual([200, '{"a":"é"}', '$LATEST', null]);
    expect(Buffer.from(headers.get('x-amz-log-result')!, 'base64').toString()).toMatch(/^START RequestId/);

    const failed = await send('POST', `/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations?Qualifier=%24LATEST`, '{"fail":true}');
    expect([failed.status, failed.headers.get('x-amz-function-error'), JSON.parse(failed.body).errorType]).toEqual([200, 'Unhandled', 'TypeError']);
    expect((await send('POST', '/2015-03-31/functions/fn/invocations', '', { 'x-amz-invocation-type': 'DryRun' })).status).toBe(204);
  });

  test('functions are described', async () => {
    const expected = { FunctionName: 'fn', FunctionArn: ARN, Runtime: 'nodejs20.x', Handler: 'index.handler', Timeout: 3, MemorySize: 128, Version: '$LATEST', State: 'Active' };
    expect(JSON.parse((await send('GET', '/2015-03-31/functions/fn')).body).Configuration).toMatchObject(expected);
    expect(JSON.parse((await send('GET', '/2015-03-31/functions/fn/configuration')).body)).toMatchObject(expected);
    expect(JSON.parse((await send('GET', '/2015-03-31/functions/')).body)).toMatchObject({ Functions: [expected] });
  });

  test('errors have their names', async () => {
    const missing = await send('POST', '/2015-03-31/functions/nothing/invocations');
    expect([missing.status, missing.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException']);
    expect(JSON.parse(missing.body)).toEqual({ Type: 'User', Message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nothing' });
    const other = await send('GET', '/2015-03-31/event-source-mappings/');
    expect([other.status, JSON.parse(other.body).Message]).toEqual([501, 'The local runtime does not emulate lambda\'s GET /2015-03-31/event-source-mappings/.']);
  });
});
