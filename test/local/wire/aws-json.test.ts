import { crc32 as nodeCrc32 } from 'node:zlib';
import { AwsError } from '../../../local/kernel/aws-error';
import { HttpRequest } from '../../../local/kernel/contracts';
import { awsJson } from '../../../local/wire/aws-json';
import { crc32 } from '../../../local/wire/crc32';

const NAMESPACE = 'com.amazonaws.dynamodb.v20120810';
const dynamodb = awsJson({ version: '1.0', targetPrefix: 'DynamoDB_20120810', errorNamespace: NAMESPACE, faultCode: 'InternalServerError', checksum: true });
const events = awsJson({ version: '1.1', targetPrefix: 'AWSEvents' });

function request(target: string | undefined, body: string, method: string = 'POST'): HttpRequest {
  return { method, path: '/', query: '', headers: target === undefined ? {} : { 'x-amz-target': target }, body };
}

function failure(run: () => unknown): AwsError {
  try {
    run();
  } catch (error) {
    return error as AwsError;
  }
  throw new Error('It was accepted.');
}

describe('decode', () => {
  test('names the operation and reads the input', () => {
    expect(dynamodb.decode(request('DynamoDB_20120810.PutItem', '{"TableName":"t"}'))).toEqual({ operation: 'PutItem', input: { TableName: 't' } });
  });

  test.each([
    ['no target', undefined, 'POST', 400],
    ['no operation', 'DynamoDB_20120810.', 'POST', 400],
    ['no dot', 'DynamoDB_20120810', 'POST', 400],
    ['another service', 'AWSEvents.PutEvents', 'POST', 400],
    ['a prefix that goes on', 'DynamoDB_201208100.PutItem', 'POST', 400],
    ['more than an operation', 'DynamoDB_20120810.Put.Item', 'POST', 400],
    ['GET', 'DynamoDB_20120810.PutItem', 'GET', 404],
  ])('%s is an unknown operation', (_, target, method, status) => {
    expect(failure(() => dynamodb.decode(request(target, '{}', method)))).toMatchObject({ code: 'UnknownOperationException', status });
  });

  test.each(['', ' ', '{', '{"a":1,}', 'null', '1', '"text"', '[]', 'true', '{}{}'])('%p is no input', body => {
    expect(failure(() => dynamodb.decode(request('DynamoDB_20120810.PutItem', body)))).toMatchObject({ code: 'SerializationException', status: 400 });
  });

  test('__proto__ is a member like any other', () => {
    const { input } = dynamodb.decode(request('DynamoDB_20120810.PutItem', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'));
    expect(Object.keys(input as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a body nested a million deep neither hangs nor crashes', () => {
    const body = `{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
    expect(dynamodb.decode(request('DynamoDB_20120810.PutItem', body)).operation).toBe('PutItem');
  });
});

describe('encode', () => {
  test('is JSON of the protocol, with a checksum where the service sends one', () => {
    const { status, headers, body } = dynamodb.encode('GetItem', { Item: { name: { S: 'Zoë' } } }, 'request-1');
    expect({ status, body }).toEqual({ status: 200, body: '{"Item":{"name":{"S":"Zoë"}}}' });
    expect(headers).toEqual({ 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'request-1', 'x-amz-crc32': String(nodeCrc32(body)) });
    expect(events.encode('PutEvents', {}, 'request-2').headers).toEqual({ 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-2' });
  });

  test('no output is an empty object', () => {
    expect(events.encode('PutEvents', undefined, 'r').body).toBe('{}');
  });

  test.each([
    ['a Buffer', { a: [{ B: Buffer.from([0, 255]) }] }, '{"a":[{"B":"AP8="}]}'],
    ['a part of a larger buffer', { B: new Uint8Array([1, 2, 3, 4]).subarray(1, 3) }, '{"B":"AgM="}'],
    ['a date', { at: new Date(1500) }, '{"at":1.5}'],
    ['null', { a: null }, '{"a":null}'],
  ])('%s', (_, output, body) => {
    expect(events.encode('Any', output, 'r').body).toBe(body);
  });
});

describe('encodeError', () => {
  test.each([
    ['a shape of the service', new AwsError('ResourceNotFoundException', 'Gone'), 400, { __type: `${NAMESPACE}#ResourceNotFoundException`, message: 'Gone' }],
    ['a validation', new AwsError('ValidationException', 'No'), 400, { __type: 'com.amazon.coral.validate#ValidationException', message: 'No' }],
    ['a denial', new AwsError('AccessDeniedException', 'No'), 400, { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'No' }],
    ['no text', new AwsError('SerializationException', ''), 400, { __type: 'com.amazon.coral.service#SerializationException' }],
    ['missing credentials', new AwsError('MissingAuthenticationTokenException', 'x', 403), 403, { __type: 'com.amazon.coral.service#MissingAuthenticationTokenException', message: 'x' }],
    [
      'members', new AwsError('TransactionCanceledException', 'No', 400, { CancellationReasons: [{ Code: 'None' }] }), 400,
      { __type: `${NAMESPACE}#TransactionCanceledException`, Message: 'No', CancellationReasons: [{ Code: 'None' }] },
    ],
  ])('%s', (_, error, status, body) => {
    const answer = dynamodb.encodeError(error, 'r');
    expect({ status: answer.status, body: JSON.parse(answer.body) }).toEqual({ status, body });
    expect(answer.headers).toMatchObject({ 'x-amzn-requestid': 'r', 'x-amz-crc32': String(nodeCrc32(answer.body)) });
  });

  test('a service without a namespace names the code alone', () => {
    expect(JSON.parse(events.encodeError(new AwsError('ValidationException', 'No'), 'r').body)).toEqual({ __type: 'ValidationException', message: 'No' });
  });

  test.each([new Error('secret path /home/me'), 'a text', undefined])('a fault of the runtime (%p) tells nothing of itself', fault => {
    expect(dynamodb.encodeError(fault, 'r')).toMatchObject({ status: 500, body: `{"__type":"${NAMESPACE}#InternalServerError","message":"Internal server error"}` });
    expect(events.encodeError(fault, 'r')).toMatchObject({ status: 500, body: '{"__type":"InternalFailure","message":"Internal server error"}' });
  });
});

test('the checksum is that of the bytes', () => {
  for (const text of ['', 'a', '{}', '😀 Zoë', 'x'.repeat(10_000)]) {
    expect(crc32(text)).toBe(nodeCrc32(text));
  }
});
