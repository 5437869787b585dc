import { SignatureV4 } from '@smithy/signature-v4';
import { StubFunction } from './stub-function';
import { ENVIRONMENT, TestGateway } from './test-gateway';
import { Principal } from '../../../../local/kernel/contracts';
import { Sha256 } from '../../../support/sha256';

let lambda: StubFunction;
let gateway: TestGateway;
beforeEach(async () => {
  lambda = new StubFunction();
  gateway = await TestGateway.start(lambda.service);
});
afterEach(() => gateway.stop());

describe('AWS_IAM', () => {
  beforeEach(() => {
    gateway.api();
    gateway.declare('Route', { ApiId: gateway.apiId, RouteKey: '$connect', AuthorizationType: 'AWS_IAM' });
    gateway.mock('who', '$context.identity.accountId $context.identity.userArn $context.identity.user');
  });

  const TEST = { accessKeyId: 'test', secretAccessKey: 'test' };
  const unsigned = () => ({ method: 'GET', protocol: 'http:', hostname: '127.0.0.1', port: gateway.port, path: `/${gateway.apiId}/live`, query: {}, headers: { host: `127.0.0.1:${gateway.port}` } });
  const signer = (credentials: object) => new SignatureV4({ service: 'execute-api', region: 'eu-west-1', credentials: credentials as typeof TEST, sha256: Sha256 });
  const signed = async (credentials: object) => (await signer(credentials).sign(unsigned())).headers;
  const presigned = async (credentials: object) => {
    const { query } = await signer(credentials).presign(unsigned(), { expiresIn: 60 });
    return `/live?${new URLSearchParams(query as Record<string, string>)}`;
  };

  /** Credentials of a role with a policy. */
  function session(resource: string, name = 'caller') {
    const roleArn = `arn:aws:iam::${ENVIRONMENT.account}:role/${name}`;
    gateway.kernel.roles.define({
      arn: roleArn,
      name,
      trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'x.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      policies: [{ name: 'connect', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resource }] } }],
    });
    const principal: Principal = { kind: 'role', arn: `arn:aws:sts::${ENVIRONMENT.account}:assumed-role/${name}/me`, roleArn };
    return gateway.kernel.issueCredentials(principal);
  }

  test('admits whoever signs, in headers or in the query', async () => {
    const client = await gateway.connect('/live', { headers: await signed(TEST) });
    expect(await client.ask({ action: 'who' })).toBe(`${ENVIRONMENT.account} arn:aws:iam::${ENVIRONMENT.account}:root ${ENVIRONMENT.account}`);
    await gateway.connect(await presigned(TEST));
  });

  test('admits a role whose policy allows it, and says who it is', async () => {
    const credentials = session(`arn:aws:execute-api:*:*:${gateway.apiId}/live/$connect`);
    const client = await gateway.connect('/live', { headers: await signed(credentials) });
    expect(await client.ask({ action: 'who' })).toBe(`${ENVIRONMENT.account} arn:aws:sts::${ENVIRONMENT.account}:assumed-role/caller/me caller:me`);
    await gateway.connect(await presigned(credentials));
  });

  test('refuses a role whose policy does not', async () => {
    const { status, body } = await gateway.refused('/live', { headers: await signed(session('arn:aws:execute-api:*:*:*/other/$connect')) });
    expect(status).toBe(403);
    expect(JSON.parse(body).message).toContain('is not authorized to perform: execute-api:Invoke on resource:');
  });

  test.each<[string, () => Promise<Record<string, string>>, RegExp]>([
    ['nobody', async () => ({}), /^Missing Authentication Token$/],
    ['an unknown key', () => signed({ ...TEST, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), /security token included in the request is invalid/],
    ['a wrong secret', () => signed({ ...TEST, secretAccessKey: 'wrong' }), /signature we calculated does not match/],
    ['a session without its token', async () => {
      const { accessKeyId, secretAccessKey } = session('*');
      return signed({ accessKeyId, secretAccessKey });
    }, /security token included in the request is invalid/],
  ])('refuses a handshake signed by %s', async (_name, headers, message) => {
    const { status, body } = await gateway.refused('/live', { headers: await headers() });
    expect(status).toBe(403);
    expect(JSON.parse(body).message).toMatch(message);
  });
});

describe('API keys', () => {
  const VALUE = 'abcdefghij0123456789';

  function create(type: string, properties: object): string {
    return gateway.declare(type, properties as Record<string, unknown>, 'AWS::ApiGateway');
  }

  function plan(stage: string, key: object = {}, more: object = {}): void {
    const UsagePlanId = create('UsagePlan', { ApiStages: [{ ApiId: gateway.apiId, Stage: stage }], ...more });
    create('UsagePlanKey', { KeyId: create('ApiKey', { Enabled: true, Value: VALUE, ...key }), KeyType: 'API_KEY', UsagePlanId });
  }

  const route = (more: object = {}) => gateway.declare('Route', { ApiId: gateway.apiId, RouteKey: '$connect', ApiKeyRequired: true, ...more });
  const withKey = (key: string) => ({ headers: { 'x-api-key': key } });

  test('a key of a plan that has the stage opens it', async () => {
    gateway.api();
    route();
    plan('live');
    gateway.mock('key', '$context.identity.apiKey');
    expect(await (await gateway.connect('/live', withKey(VALUE))).ask({ action: 'key' })).toBe(VALUE);
  });

  test.each<[string, string, object, object]>([
    ['no key', 'live', {}, {}],
    ['another key', 'live', withKey('jihgfedcba9876543210'), {}],
    ['a key that is disabled', 'live', withKey(VALUE), { Enabled: false }],
    ['a key of another stage', 'other', withKey(VALUE), {}],
  ])('%s opens nothing', async (_name, stage, options, key) => {
    gateway.api();
    route();
    plan(stage, key);
    expect(await gateway.refused('/live', options)).toMatchObject({ status: 403, body: expect.stringContaining('"Forbidden"') });
  });

  test('the throttle of the plan bounds each key', async () => {
    gateway.api();
    route();
    plan('live', {}, { Throttle: { RateLimit: 1, BurstLimit: 2 } });
    await gateway.connect('/live', withKey(VALUE));
    await gateway.connect('/live', withKey(VALUE));
    expect((await gateway.refused('/live', withKey(VALUE))).status).toBe(429);
    await gateway.clock.advance(1000);
    await gateway.connect('/live', withKey(VALUE));
  });

  test('the key may be the authorizer\'s to name', async () => {
    gateway.api({ ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey' });
    const AuthorizerId = gateway.declare('Authorizer', { ApiId: gateway.apiId, AuthorizerType: 'REQUEST', AuthorizerUri: StubFunction.uri });
    route({ AuthorizationType: 'CUSTOM', AuthorizerId });
    plan('live');
    const answer = { principalId: 'me', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }] } };
    lambda.answer = () => ({ ...answer, usageIdentifierKey: VALUE });
    await gateway.connect();
    lambda.answer = () => answer;
    expect((await gateway.refused('/live', withKey(VALUE))).status).toBe(403);
  });

  test.each<[string, object, RegExp]>([
    ['ApiKey', { Value: 'short' }, /at least 20 characters/],
    ['UsagePlanKey', { KeyType: 'API_KEY', KeyId: 'x', UsagePlanId: 'y' }, /no usage plan y/],
    ['UsagePlan', { Quota: { Limit: 1 } }, /does not emulate the property Quota/],
  ])('a %s of %j is refused', (type, properties, message) => {
    expect(() => create(type, properties)).toThrow(message);
  });
});
