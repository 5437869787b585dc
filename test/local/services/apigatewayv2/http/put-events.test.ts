import { jsonService } from '../test-gateway';
import { ENVIRONMENT, refusal, ROLE, TestHttpApi } from './test-http-api';

let api: TestHttpApi;
let inputs: any[];
let answer: () => unknown;

beforeEach(async () => {
  inputs = [];
  answer = () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'id-1' }] });
  const events = jsonService('events', 'AWSEvents', {
    PutEvents: input => {
      inputs.push(input);
      return answer();
    },
  });
  api = await TestHttpApi.start([events], {}, { StageVariables: { bus: 'orders' } });
});

afterEach(() => api.stop());

test('a request becomes an event, and the caller sees what EventBridge says', async () => {
  api.event('POST /orders/{id}', { DetailType: 'Order ${request.path.id}', EventBusName: '$stageVariables.bus', Resources: '$context.apiId' });
  const response = await api.post('/orders/a%20b', '{"total":1}');
  expect(response.status).toBe(200);
  expect(response.headers.get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
  expect(await response.json()).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'id-1' }] });
  expect(inputs).toEqual([{ Entries: [{ Source: 'test', DetailType: 'Order a b', Detail: '{"total":1}', EventBusName: 'orders', Resources: [api.apiId] }] }]);
});

test('values come from header, query, body and context, whatever their names', async () => {
  api.event('POST /', {
    Source: '$request.header.X-Source', DetailType: '$request.querystring.type', Detail: '$request.body.order', TraceHeader: '${request.body.order.__proto__}/${context.httpMethod}/${request.header.missing}',
  });
  const response = await api.raw('/?type=a&type=b', { headers: ['x-source', 'one', 'X-SOURCE', 'two'], body: '{"order":{"__proto__":"text","items":[1]}}' });
  expect(response.status).toBe(200);
  expect(inputs[0].Entries).toEqual([{ Source: 'one,two', DetailType: 'a,b', Detail: '{"__proto__":"text","items":[1]}', TraceHeader: 'text/POST/' }]);
});

test.each(['no JSON', '', '[]', '{"order":null}', '{"other":1}'])('a body without what a parameter is mapped from is refused before anything is called: %s', async body => {
  api.event('POST /', { Detail: '$request.body.order' });
  const response = await api.post('/', body);
  expect([response.status, await response.text()]).toEqual([400, '{"message":"Bad Request"}']);
  expect(inputs).toEqual([]);
  expect(api.gateway.traced('request')[0].outcome).toContain('Unable to resolve property Detail from source $request.body.order.');
});

test('of a body longer than 100 KB nothing can be selected, but all of it can be sent', async () => {
  const body = JSON.stringify({ order: 'x'.repeat(100 * 1024) });
  api.event('POST /selected', { Detail: '$request.body.order' });
  api.event('POST /whole');
  expect((await api.post('/selected', body)).status).toBe(400);
  expect((await api.post('/whole', body)).status).toBe(200);
  expect(inputs[0].Entries[0].Detail).toBe(body);
});

test('entries that EventBridge refuses are a success all the same', async () => {
  answer = () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }] });
  api.event('POST /');
  const response = await api.post('/', 'no JSON');
  expect([response.status, (await response.json() as any).FailedEntryCount]).toEqual([200, 1]);
});

test('a body of more than 10 MB is refused', async () => {
  api.event('POST /');
  const response = await api.post('/', 'x'.repeat(10 * 1024 * 1024 + 1));
  expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  expect(inputs).toEqual([]);
});

test('EventBridge that does not answer in time is an unavailable service', async () => {
  answer = () => new Promise(() => {});
  api.event('POST /', {}, { TimeoutInMillis: 1000 });
  const pending = api.post('/', '{}');
  while (inputs.length === 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
  await api.gateway.clock.advance(1000);
  const response = await pending;
  expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
});

test('a role that does not trust API Gateway is the API\'s own failure', async () => {
  api.event('POST /', {}, { CredentialsArn: 'arn:aws:iam::123456789012:role/nobody' });
  const response = await api.post('/', '{}');
  expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(inputs).toEqual([]);
});

test('an answer is changed by its status', async () => {
  api.event('POST /', {}, {
    ResponseParameters: {
      200: {
        ResponseParameters: [
          { Destination: 'overwrite:statuscode', Source: '202' },
          { Destination: 'append:header.X-Event', Source: '$response.body.Entries[0].EventId' },
          { Destination: 'append:header.x-event', Source: 'on ${context.stage}' },
          { Destination: 'overwrite:header.X-Source', Source: '$response.header.Content-Type' },
          { Destination: 'remove:header.content-type', Source: '\'\'' },
          { Destination: 'append:header.x-none', Source: '$response.body.Entries[7]' },
        ],
      },
      500: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '400' }] },
    },
  });
  const response = await api.post('/', '{}');
  expect(response.status).toBe(202);
  expect(response.headers.get('x-event')).toBe('id-1,on $default');
  expect(response.headers.get('x-source')).toBe('application/x-amz-json-1.0');
  expect(['content-type', 'x-none'].map(name => response.headers.get(name))).toEqual([null, null]);
});

test.each([
  [{ IntegrationSubtype: 'Kinesis-PutRecord' }, 'the local runtime does not emulate the integration subtype Kinesis-PutRecord'],
  [{ IntegrationSubtype: 'AppConfig-GetConfiguration' }, 'the local runtime does not emulate the integration subtype AppConfig-GetConfiguration'],
  [{ IntegrationSubtype: '__proto__' }, 'there is no integration subtype __proto__'],
  [{ IntegrationSubtype: 'SQS-PurgeQueue' }, 'does not emulate the service "sqs"'],
  [{ IntegrationType: 'MOCK' }, 'Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)'],
  [{ ConnectionType: 'VPC_LINK' }, 'connection type VPC_LINK'],
  [{ CredentialsArn: undefined }, 'CredentialsArn is required'],
  [{ PayloadFormatVersion: '2.0' }, 'PayloadFormatVersion has to be 1.0'],
  [{ TimeoutInMillis: 30_001 }, 'TimeoutInMillis'],
  [{ RequestTemplates: {} }, 'does not emulate the property RequestTemplates of AWS::ApiGatewayV2::Integration'],
  [{ RequestParameters: { Source: 's', Detail: 'd' } }, 'the parameter DetailType is required'],
  [{ RequestParameters: { Source: 's', Detail: 'd', DetailType: 't', Extra: 'e' } }, 'has no parameter Extra'],
  [{ RequestParameters: { Source: 's', Detail: 'd', DetailType: 't', Region: 'us-east-2' } }, 'another region (us-east-2)'],
  [{ RequestParameters: { Source: 's', Detail: '$request.body..x', DetailType: 't' } }, 'errors : [Invalid source: $request.body..x specified for destination: Detail]'],
  [{ RequestParameters: { Source: 's', Detail: '$request.body[?(@.x)]', DetailType: 't' } }, 'Invalid source'],
  [{ RequestParameters: { Source: '$request.nothing', Detail: 'd', DetailType: 't' } }, 'Invalid source: $request.nothing'],
  [{ RequestParameters: { Source: 's', Detail: '{"a":1}', DetailType: 't' } }, 'Invalid source: {"a":1}'],
  [{ ResponseParameters: { 600: { ResponseParameters: [] } } }, 'from 200 to 599, not 600'],
  [{ ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '99' }] } } }, 'not 99'],
  [{ ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'append:header.Via', Source: 'x' }] } } }, 'Operations on header via are restricted'],
  [{ ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'append:body', Source: 'x' }] } } }, '"append:body" is no response parameter'],
])('an integration that cannot be is refused: %j', (properties, message) => {
  expect(refusal(() => api.integration({
    IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'EventBridge-PutEvents', CredentialsArn: ROLE, RequestParameters: { Source: 's', Detail: 'd', DetailType: 't' }, ...properties,
  }))).toContain(message);
});

test('the region may be said, as long as it is the one', () => {
  expect(() => api.event('POST /', { Region: ENVIRONMENT.region })).not.toThrow();
});
