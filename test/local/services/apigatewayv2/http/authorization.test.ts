import { SignatureV4 } from '@smithy/signature-v4';
import { refusal, TestHttpApi } from './test-http-api';
import { Sha256 } from '../../../../support/sha256';
import { StubFunction } from '../stub-function';
import { jsonService } from '../test-gateway';

let fn: StubFunction;
let api: TestHttpApi;
let events: any[];

beforeEach(async () => {
  fn = new StubFunction();
  events = [];
  const service = jsonService('events', 'AWSEvents', {
    PutEvents: input => {
      events.push(input.Entries[0]);
      return { FailedEntryCount: 0, Entries: [] };
    },
  });
  api = await TestHttpApi.start([fn.service, service]);
});

afterEach(() => api.stop());

const FORBIDDEN = [403, '{"message":"Forbidden"}'];
const statusAndBody = async (response: Response) => [response.status, await response.text()];

function guarded(authorizer: object, route: object = {}, parameters: Record<string, string> = {}): void {
  const AuthorizerId = api.gateway.declare('Authorizer', {
    ApiId: api.apiId,
    Name: 'guard',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: StubFunction.uri,
    AuthorizerPayloadFormatVersion: '2.0',
    IdentitySource: ['$request.header.Authorization'],
    ...authorizer,
  });
  const IntegrationId = api.integration({
    IntegrationType: 'AWS_PROXY',
    IntegrationSubtype: 'EventBridge-PutEvents',
    CredentialsArn: 'arn:aws:iam::123456789012:role/gateway',
    RequestParameters: { Source: 's', DetailType: 't', Detail: '$request.body', ...parameters },
  });
  ['POST /guarded', 'POST /other'].forEach(RouteKey => api.gateway.declare('Route', {
    ApiId: api.apiId, RouteKey, Target: `integrations/${IntegrationId}`, AuthorizationType: 'CUSTOM', AuthorizerId, ...route,
  }));
}

describe('a function that answers with yes or no', () => {
  test('lets through whom it allows, and its context can be used', async () => {
    guarded({ EnableSimpleResponses: true }, {}, { Source: '$context.authorizer.user' });
    fn.answer = event => ({ isAuthorized: event.headers.authorization === 'good', context: { user: 'ann' } });
    expect((await api.post('/guarded', '{}', { authorization: 'good' })).status).toBe(200);
    expect(events[0].Source).toBe('ann');
    expect(await statusAndBody(await api.post('/guarded', '{}', { authorization: 'bad' }))).toEqual(FORBIDDEN);
    expect(fn.events[0]).toMatchObject({
      version: '2.0', type: 'REQUEST', identitySource: ['good'], routeKey: 'POST /guarded', routeArn: expect.stringMatching(/:\w+\/\$default\/POST\/guarded$/),
    });
    expect(fn.events[0]).not.toHaveProperty('body');
    expect(fn.principals[0].sourceArn).toContain('/authorizers/');
  });

  test('is not asked about nobody', async () => {
    guarded({ EnableSimpleResponses: true });
    expect(await statusAndBody(await api.post('/guarded', '{}'))).toEqual([401, '{"message":"Unauthorized"}']);
    expect(fn.events).toEqual([]);
  });

  test.each([undefined, null, 'yes', {}, { isAuthorized: 'true' }])('whose answer is none is a failure: %j', async answer => {
    guarded({ EnableSimpleResponses: true });
    fn.answer = () => answer;
    expect(await statusAndBody(await api.post('/guarded', '{}', { authorization: 'x' }))).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(events).toEqual([]);
  });

  test('is asked once for each identity as long as its answer is remembered', async () => {
    guarded({ EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 60 });
    fn.answer = event => ({ isAuthorized: event.identitySource[0] === 'good' });
    const status = async (authorization: string, path = '/guarded') => (await api.post(path, '{}', { authorization })).status;
    expect([await status('good'), await status('good', '/other'), await status('bad'), await status('bad')]).toEqual([200, 200, 403, 403]);
    expect(fn.events).toHaveLength(2);
    await api.gateway.clock.advance(60_000);
    expect(await status('good')).toBe(200);
    expect(fn.events).toHaveLength(3);
  });
});

test.each(['1.0', '2.0'])('a function that answers with a policy, asked in the format %s', async AuthorizerPayloadFormatVersion => {
  guarded({ AuthorizerPayloadFormatVersion });
  fn.answer = event => ({
    principalId: 'ann',
    policyDocument: {
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: (event.methodArn ?? event.routeArn).replace('/other', '/guarded') }],
    },
  });
  expect((await api.post('/guarded', '{}', { authorization: 'x' })).status).toBe(200);
  expect(await statusAndBody(await api.post('/other', '{}', { authorization: 'x' }))).toEqual(FORBIDDEN);
  fn.answer = () => ({ principalId: 'ann', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Maybe' }] } });
  expect((await api.post('/guarded', '{}', { authorization: 'x' })).status).toBe(500);
});

test.each([
  [{ AuthorizerType: 'JWT' }, 'of the type JWT'],
  [{ AuthorizerPayloadFormatVersion: undefined }, 'AuthorizerPayloadFormatVersion'],
  [{ AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true }, 'EnableSimpleResponses'],
  [{ IdentitySource: ['route.request.header.X'] }, 'is no identity source'],
  [{ IdentitySource: [], AuthorizerResultTtlInSeconds: 1 }, 'needs an IdentitySource'],
  [{ AuthorizerUri: 'nowhere' }, 'is no URI of a Lambda function'],
])('an authorizer that cannot be is refused: %j', (properties, message) => {
  expect(refusal(() => guarded(properties))).toContain(message);
});

test('a route cannot ask an authorizer that is not there', () => {
  expect(refusal(() => guarded({}, { AuthorizerId: '__proto__' }))).toContain('no authorizer with the id __proto__');
  expect(refusal(() => guarded({}, { AuthorizationType: 'JWT' }))).toContain('authorization type JWT');
});

describe('a route that asks for a signature', () => {
  const signed = async (path: string, secretAccessKey = 'test', body = '{}') => {
    const signer = new SignatureV4({ service: 'execute-api', region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey }, sha256: Sha256 });
    const url = new URL(`${api.url}${path}`);
    const { headers } = await signer.sign({ method: 'POST', protocol: 'http:', hostname: url.hostname, port: Number(url.port), path: url.pathname, headers: { host: url.host }, body });
    return api.post(path, body, headers);
  };

  test('is called by whoever signs', async () => {
    api.route('POST /iam', {
      IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.arn, PayloadFormatVersion: '2.0',
    }, { AuthorizationType: 'AWS_IAM' });
    expect((await signed('/iam')).status).toBe(200);
    expect(fn.events[0].requestContext.authorizer.iam).toMatchObject({ accountId: '123456789012', userArn: 'arn:aws:iam::123456789012:root' });
    expect(await statusAndBody(await signed('/iam', 'wrong'))).toEqual(FORBIDDEN);
    expect(await statusAndBody(await api.post('/iam', '{}'))).toEqual(FORBIDDEN);
    expect(fn.events).toHaveLength(1);
  });

  test('takes services as their roles allow it', async () => {
    api.route('POST /iam', { IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.arn, PayloadFormatVersion: '2.0' }, { AuthorizationType: 'AWS_IAM' });
    const { kernel } = api.gateway;
    const role = (name: string, resource: string) => {
      const arn = `arn:aws:iam::123456789012:role/${name}`;
      kernel.roles.define({
        arn,
        name,
        trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        policies: [{ name: 'p', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resource }] } }],
      });
      return kernel.assumeRole(arn, 'states.amazonaws.com', 'arn:aws:states:eu-west-1:123456789012:stateMachine:m');
    };
    const request = { method: 'POST', path: '/iam', query: '', headers: { host: `${api.apiId}.execute-api.eu-west-1.amazonaws.com` }, body: '{}' };
    const send = async (principal: any) => (await kernel.send(principal, 'execute-api', request)).status;
    expect(await send(role('may', `arn:aws:execute-api:eu-west-1:123456789012:${api.apiId}/$default/POST/iam`))).toBe(200);
    expect(await send(role('may-not', `arn:aws:execute-api:eu-west-1:123456789012:${api.apiId}/$default/GET/iam`))).toBe(403);
    expect(await send({ kind: 'service', arn: 'states.amazonaws.com' })).toBe(403);
  });
});
