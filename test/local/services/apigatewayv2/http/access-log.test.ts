import { eventually } from '../../../../support/test-kernel';
import { jsonService } from '../test-gateway';
import { refusal, TestHttpApi } from './test-http-api';

const DestinationArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:access';
const Format = '$context.requestId $context.routeKey $context.status $context.identity.sourceIp $context.integrationStatus $context.responseLength $context.nothing $context.error.message';
let lines: string[];
let api: TestHttpApi;

beforeEach(async () => {
  lines = [];
  const logs = jsonService('logs', 'Logs_20140328', {
    CreateLogGroup: () => ({}),
    CreateLogStream: () => ({}),
    PutLogEvents: ({ logEvents }) => {
      lines.push(...logEvents.map(({ message }: { message: string }) => message));
      return {};
    },
  });
  api = await TestHttpApi.start([logs, jsonService('events', 'AWSEvents', { PutEvents: () => ({}) })], {}, { AccessLogSettings: { DestinationArn, Format } });
});

afterEach(() => api.stop());

test('every request has its line, whatever became of it', async () => {
  api.event('POST /x', { Detail: '$request.body.detail' });
  const requestIds = [
    await api.post('/x', '{"detail":"d"}'), await api.post('/x', 'no JSON'), await api.post('/nowhere', ''),
  ].map(response => response.headers.get('apigw-requestid'));
  await eventually(() => lines.length === 3);
  expect(lines).toEqual([
    `${requestIds[0]} POST /x 200 127.0.0.1 200 2 - -`,
    `${requestIds[1]} POST /x 400 127.0.0.1 - 25 - Bad Request`,
    `${requestIds[2]} - 404 127.0.0.1 - 23 - Not Found`,
  ]);
});

test.each([
  [{ AccessLogSettings: { DestinationArn, Format: '$context.status' } }, '$context.requestId'],
  [{ AccessLogSettings: { DestinationArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/x', Format } }, 'has to be that of a log group'],
  [{ DefaultRouteSettings: { LoggingLevel: 'INFO' } }, 'Execution logs are not supported on protocolType HTTP'],
  [{ RouteSettings: { 'GET /': { DataTraceEnabled: 'true' } } }, 'Execution logs are not supported on protocolType HTTP'],
])('a stage that cannot log so is refused: %j', (properties, message) => {
  expect(refusal(() => api.gateway.declare('Stage', { ApiId: api.apiId, StageName: 'other', AutoDeploy: true, ...properties }))).toContain(message);
});
