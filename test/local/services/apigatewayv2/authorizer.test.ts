import { StubFunction } from './stub-function';
import { ENVIRONMENT, ROLE, TestGateway } from './test-gateway';

const policy = (Effect: string, Resource: unknown = '*', Action = 'execute-api:Invoke') => ({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource }] });
const allow = (more: object = {}) => ({ principalId: 'me', policyDocument: policy('Allow'), ...more });

let lambda: StubFunction;
let gateway: TestGateway;
beforeEach(async () => {
  lambda = new StubFunction();
  gateway = await TestGateway.start(lambda.service);
  gateway.api({}, { StageVariables: { color: 'blue' } });
});
afterEach(() => gateway.stop());

/** Lets only those connect whom the function admits. */
function guard(properties: object = {}): string {
  const AuthorizerId = gateway.declare('Authorizer', { ApiId: gateway.apiId, AuthorizerType: 'REQUEST', Name: 'guard', AuthorizerUri: StubFunction.uri, ...properties });
  gateway.declare('Route', { ApiId: gateway.apiId, RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId });
  return AuthorizerId;
}

const frame = (message: string) => expect.stringMatching(new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{15}=", "requestId":"[\\w-]{15}="\\}$`));
const methodArn = () => `arn:aws:execute-api:${ENVIRONMENT.region}:${ENVIRONMENT.account}:${gateway.apiId}/live/$connect`;

test('the function is told of the request, and called for the authorizer', async () => {
  const id = guard();
  lambda.answer = () => allow();
  lambda.sourceArn = `arn:aws:execute-api:${ENVIRONMENT.region}:${ENVIRONMENT.account}:${gateway.apiId}/authorizers/${id}`;
  await gateway.connect('/live?room=a', { headers: { token: 'hello' } });
  expect(lambda.events).toEqual([{
    type: 'REQUEST',
    methodArn: methodArn(),
    headers: expect.objectContaining({ token: 'hello' }),
    multiValueHeaders: expect.objectContaining({ token: ['hello'] }),
    queryStringParameters: { room: 'a' },
    multiValueQueryStringParameters: { room: ['a'] },
    stageVariables: { color: 'blue' },
    requestContext: expect.objectContaining({ routeKey: '$connect', eventType: 'CONNECT', connectionId: expect.any(String), apiId: gateway.apiId }),
  }]);
});

test('what it makes known stays with the connection', async () => {
  guard({ IdentitySource: ['route.request.header.token'] });
  lambda.answer = () => allow({ context: { tenant: 'a', level: 3, isAdmin: true } });
  gateway.mock('who', '$context.authorizer.principalId $context.authorizer.tenant $context.authorizer.level $context.authorizer.isAdmin [$context.authorizer.nothing]');
  const client = await gateway.connect('/live', { headers: { Token: 'x' } });
  expect(await client.ask({ action: 'who' })).toBe('me a 3 true []');
});

test('a function behind a route gets it too', async () => {
  guard();
  gateway.route('$default', { IntegrationType: 'AWS_PROXY', IntegrationUri: StubFunction.uri }, []);
  lambda.answer = ({ type, requestContext }) => type === 'REQUEST' ? allow({ context: { tenant: 'a' } }) : { statusCode: 200, body: JSON.stringify(requestContext.authorizer) };
  expect(JSON.parse(await (await gateway.connect()).ask('x'))).toEqual({ principalId: 'me', tenant: 'a', integrationLatency: 0 });
});

test.each([
  ['header', 'route.request.header.Token', '/live', { token: 'x' }],
  ['query parameter', 'route.request.querystring.token', '/live?token=x', {}],
  ['stage variable', 'stageVariables.color', '/live', {}],
  ['part of the context', 'context.identity.sourceIp', '/live', {}],
])('a %s may be what identifies the caller', async (_name, source, path, headers) => {
  guard({ IdentitySource: [source] });
  lambda.answer = () => allow();
  await gateway.connect(path, { headers });
});

test.each<[string, string, string, Record<string, string>?]>([
  ['header', 'route.request.header.Token', '/live?Token=x'],
  ['empty header', 'route.request.header.Token', '/live', { Token: '' }],
  ['query parameter', 'route.request.querystring.token', '/live?TOKEN=x'],
  ['stage variable', 'stageVariables.size', '/live'],
])('without its %s a caller is refused, and the function not called', async (_name, source, path, headers = {}) => {
  guard({ IdentitySource: ['route.request.header.Host', source] });
  lambda.answer = () => allow();
  expect(await gateway.refused(path, { headers })).toMatchObject({ status: 401, body: frame('Unauthorized') });
  expect(lambda.events).toEqual([]);
});

test.each<[string, () => unknown, number, string]>([
  ['says Unauthorized', () => {
    throw new Error('Unauthorized');
  }, 401, 'Unauthorized'],
  ['fails', () => {
    throw new Error('unauthorized');
  }, 500, 'Internal server error'],
  ['denies', () => allow({ policyDocument: policy('Deny') }), 403, 'User is not authorized to access this resource with an explicit deny'],
  ['allows something else', () => allow({ policyDocument: policy('Allow', 'arn:aws:execute-api:*:*:*/live/POST/*') }), 403, 'User is not authorized to access this resource'],
  ['allows another action', () => allow({ policyDocument: policy('Allow', '*', 'execute-api:ManageConnections') }), 403, 'User is not authorized to access this resource'],
  ['names nobody', () => ({ policyDocument: policy('Allow') }), 500, 'Internal server error'],
  ['has no policy', () => ({ principalId: 'me' }), 500, 'Internal server error'],
  ['has a policy that is none', () => allow({ policyDocument: { Statement: 'x' } }), 500, 'Internal server error'],
  ['answers with nothing', () => undefined, 500, 'Internal server error'],
  ['answers with text', () => 'Allow', 500, 'Internal server error'],
  ['makes known an object', () => allow({ context: { a: {} } }), 500, 'Internal server error'],
  ['makes known too much', () => allow({ context: { a: 'x'.repeat(8192) } }), 500, 'Internal server error'],
  ['answers by its prototype', () => JSON.parse('{"__proto__":{"principalId":"me","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}}'), 500, 'Internal server error'],
])('a caller is refused when the function %s', async (_name, answer, status, message) => {
  guard();
  lambda.answer = answer;
  expect(await gateway.refused()).toMatchObject({ status, body: frame(message) });
});

test('exactly the connection may be what its policy allows', async () => {
  guard();
  lambda.answer = event => allow({ policyDocument: policy('Allow', event.methodArn) });
  await gateway.connect();
});

test('a function that may not be called admits nobody', async () => {
  guard();
  lambda.sourceArn = undefined;
  expect(await gateway.refused()).toMatchObject({ status: 500 });
});

test('a role of the authorizer calls it, where it has one', async () => {
  guard({ AuthorizerCredentialsArn: ROLE });
  lambda.sourceArn = undefined;
  lambda.answer = () => allow();
  await gateway.connect();
  expect(lambda.principals).toMatchObject([{ kind: 'role', roleArn: ROLE }]);
});

test('a function that does not answer is not waited for longer than an integration is', async () => {
  guard();
  let called: () => void = () => {};
  const isCalled = new Promise<void>(resolve => called = resolve);
  lambda.answer = () => {
    called();
    return new Promise(() => {});
  };
  const refusal = gateway.refused();
  await isCalled;
  await gateway.clock.advance(29_000);
  expect((await refusal).status).toBe(504);
});

test.each<[string, object, RegExp]>([
  ['of another type', { AuthorizerType: 'JWT' }, /AuthorizerType has to be REQUEST for a WebSocket API, not JWT/],
  ['without a function', { AuthorizerUri: 'arn:aws:lambda:eu-west-1:123456789012:function:fn' }, /is no URI of a Lambda function/],
  ['with an identity of the body', { IdentitySource: ['route.request.body.token'] }, /is no identity source/],
])('an authorizer %s is refused', (_name, properties, message) => {
  expect(() => guard(properties)).toThrow(message);
});
