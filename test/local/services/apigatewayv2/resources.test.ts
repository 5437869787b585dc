import { StubFunction } from './stub-function';
import { ENVIRONMENT, ROLE, TestGateway } from './test-gateway';
import { createResource } from '../../../../local/kernel/properties';

describe('resources', () => {
  let gateway: TestGateway;
  let ApiId: string;
  beforeEach(async () => {
    gateway = await TestGateway.start();
    ApiId = gateway.api();
  });
  afterEach(() => gateway.stop());

  const attributes = (type: string, properties: Record<string, unknown>) => createResource(gateway.service.resourceTypes[`AWS::ApiGatewayV2::${type}`], {
    logicalId: type, type: `AWS::ApiGatewayV2::${type}`, constructPath: `Stack/${type}`, stackName: 'Stack', environment: ENVIRONMENT, properties, generateId: length => 'abcdefghij'.slice(0, length), generateName: () => '',
  });

  test('what Ref and GetAtt of each give', () => {
    expect(attributes('Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' })).toEqual({
      ref: 'abcdefghij', attributes: { ApiId: 'abcdefghij', ApiEndpoint: 'wss://abcdefghij.execute-api.eu-west-1.amazonaws.com' },
    });
    expect(attributes('Integration', { ApiId, IntegrationType: 'MOCK' })).toEqual({ ref: 'abcdefg', attributes: { IntegrationId: 'abcdefg' } });
    expect(attributes('Route', { ApiId, RouteKey: 'a', Target: 'integrations/abcdefg' })).toEqual({ ref: 'abcdefg', attributes: { RouteId: 'abcdefg' } });
    expect(attributes('RouteResponse', { ApiId, RouteId: 'abcdefg', RouteResponseKey: '$default' })).toEqual({ ref: 'abcdefg', attributes: { RouteResponseId: 'abcdefg' } });
    expect(attributes('IntegrationResponse', { ApiId, IntegrationId: 'abcdefg', IntegrationResponseKey: '$default' })).toEqual({ ref: 'abcdefg', attributes: { IntegrationResponseId: 'abcdefg' } });
    expect(attributes('Deployment', { ApiId })).toEqual({ ref: 'abcdef', attributes: { DeploymentId: 'abcdef' } });
    expect(attributes('Stage', { ApiId, StageName: 'prod', DeploymentId: 'abcdef' })).toEqual({ ref: 'prod' });
    expect(attributes('Model', { ApiId, Name: 'm', Schema: {} })).toEqual({ ref: 'abcdef', attributes: { ModelId: 'abcdef' } });
    expect(attributes('Authorizer', { ApiId, Name: 'a', AuthorizerType: 'REQUEST', AuthorizerUri: StubFunction.uri })).toEqual({ ref: 'abcdef', attributes: { AuthorizerId: 'abcdef' } });
  });

  const AWS = { IntegrationType: 'AWS', IntegrationMethod: 'POST', CredentialsArn: ROLE };
  const uri = (target: string) => `arn:aws:apigateway:eu-west-1:${target}`;
  const refusals: Array<[type: string, properties: Record<string, unknown>, message: RegExp]> = [
    ['Api', { ProtocolType: 'GRAPHQL' }, /protocol type GRAPHQL, only WEBSOCKET and HTTP/],
    ['Api', { ProtocolType: 'WEBSOCKET' }, /RouteSelectionExpression is missing/],
    ['Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.header.x' }, /no variable "request.header.x"/],
    ['Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '${request.body.a[}' }, /./],
    ['Stage', { StageName: 'prod' }, /DeploymentId is missing/],
    ['Stage', { StageName: 'prod', DeploymentId: 'nope' }, /no deployment with the id nope/],
    ['Stage', { AutoDeploy: true }, /StageName is missing/],
    ['Stage', { StageName: 'prod', AutoDeploy: true, DefaultRouteSettings: { Colour: 'green' } }, /route setting Colour/],
    ['Stage', { StageName: 'prod', AutoDeploy: true, DefaultRouteSettings: { ThrottlingRateLimit: 'fast' } }, /ThrottlingRateLimit has to be a number/],
    ['Stage', { StageName: 'prod', AutoDeploy: true, ClientCertificateId: 'x' }, /property ClientCertificateId of AWS::ApiGatewayV2::Stage/],
    ['Deployment', {}, /At least one route is required before deploying the Api/],
    ['Deployment', { StageName: 'prod' }, /property StageName/],
    ['Route', { RouteKey: 'a', AuthorizationType: 'AWS_IAM' }, /authorization is restricted to the \$connect route only/],
    ['Route', { RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId: 'x' }, /no authorizer with the id x/],
    ['Route', { RouteKey: '$connect', AuthorizationType: 'JWT' }, /AuthorizationType has to be one of NONE, AWS_IAM, CUSTOM for a WebSocket API, not JWT/],
    ['Route', { RouteKey: 'a', ApiKeyRequired: true }, /authorization is restricted to the \$connect route only/],
    ['Route', { RouteKey: 'a', RequestModels: { $default: 'm' } }, /Invalid model identifier specified: m/],
    ['Route', { RouteKey: 'a', ModelSelectionExpression: '$context.stage' }, /no variable "context.stage"/],
    ['Route', { RouteKey: '$connnect' }, /\$connnect starts with a dollar sign/],
    ['Route', { RouteKey: 'a', Target: 'integrations/nope' }, /no integration with the id nope/],
    ['Route', { RouteKey: 'a', Target: 'nope' }, /target "nope"/],
    ['Route', { RouteKey: 'a', RouteResponseSelectionExpression: '$other' }, /RouteResponseSelectionExpression has to be \$default/],
    ['Route', { RouteKey: 'a', Colour: 'green' }, /property Colour of AWS::ApiGatewayV2::Route/],
    ['RouteResponse', { RouteId: 'a', RouteResponseKey: '/200/' }, /RouteResponseKey has to be \$default/],
    ['Integration', { IntegrationType: 'AWS_PROXY' }, /is no URI of a Lambda function/],
    ['Integration', { IntegrationType: 'SMOKE_SIGNAL' }, /IntegrationType has to be one of AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK, not SMOKE_SIGNAL/],
    ['Integration', { ...AWS, IntegrationUri: uri('execute-api:path/../@connections/{connectionId}') }, /^AWS Service of type execute-api not supported$/],
    ['Integration', { ...AWS, IntegrationUri: uri('abcdefghij.execute-api:path/live') }, /^AWS Service of type execute-api not supported$/],
    ['Integration', { ...AWS, IntegrationUri: uri('apigatewaymanagementapi:action/PostToConnection') }, /not supported/],
    ['Integration', { ...AWS, IntegrationUri: uri('lambda:path/2015-03-31/functions/arn/invocations') }, /Lambda/],
    ['Integration', { ...AWS, IntegrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem' }, /another region \(aws us-east-1\)/],
    ['Integration', { ...AWS, IntegrationUri: 'dynamodb:PutItem' }, /is no URI of an AWS integration/],
    ['Integration', { ...AWS, CredentialsArn: undefined, IntegrationUri: uri('dynamodb:action/PutItem') }, /Role ARN must be specified for AWS integrations/],
    ['Integration', { IntegrationType: 'HTTP', IntegrationUri: 'ftp://example.com' }, /is no HTTP endpoint/],
    ['Integration', { IntegrationType: 'HTTP', IntegrationUri: 'http://x', ConnectionType: 'VPC_LINK', ConnectionId: 'x' }, /property ConnectionId/],
    ['Integration', { IntegrationType: 'HTTP', IntegrationUri: 'http://x', ConnectionType: 'VPC_LINK' }, /connection type VPC_LINK/],
    ['Integration', { IntegrationType: 'MOCK', ContentHandlingStrategy: 'CONVERT_TO_BINARY' }, /content handling strategy CONVERT_TO_BINARY of integrations of the type MOCK/],
    ['Integration', { IntegrationType: 'MOCK', ContentHandlingStrategy: 'SHRED' }, /ContentHandlingStrategy has to be one of CONVERT_TO_BINARY, CONVERT_TO_TEXT, not SHRED/],
    ['Integration', { IntegrationType: 'MOCK', TimeoutInMillis: 49 }, /TimeoutInMillis has to be a number from 50 to 29000/],
    ['Integration', { IntegrationType: 'MOCK', TimeoutInMillis: 29_001 }, /TimeoutInMillis/],
    ['Integration', { IntegrationType: 'MOCK', PassthroughBehavior: 'ALWAYS' }, /PassthroughBehavior has to be one of/],
    ['Integration', { IntegrationType: 'MOCK', TemplateSelectionExpression: '$context.routeKey' }, /no variable "context.routeKey"/],
    ['Integration', { IntegrationType: 'MOCK', RequestParameters: { 'integration.request.header.Transfer-Encoding': "'chunked'" } }, /Transfer-Encoding/],
    ['Integration', { IntegrationType: 'MOCK', RequestParameters: { 'integration.request.cookie.a': "'b'" } }, /integration.request.cookie.a/],
    ['Integration', { IntegrationType: 'MOCK', RequestParameters: { 'integration.request.header.a': 'route.request.cookie.b' } }, /no variable "request.cookie.b"/],
    ['Integration', { IntegrationType: 'MOCK', ResponseParameters: {} }, /property ResponseParameters/],
    ['IntegrationResponse', { IntegrationId: 'a' }, /IntegrationResponseKey is missing/],
    ['IntegrationResponse', { IntegrationId: 'a', IntegrationResponseKey: '/(/' }, /./],
    ['IntegrationResponse', { IntegrationId: 'a', IntegrationResponseKey: '$default', ContentHandlingStrategy: 'CONVERT_TO_TEXT' }, /CONVERT_TO_TEXT/],
    ['IntegrationResponse', { IntegrationId: 'a', IntegrationResponseKey: '$default', ResponseParameters: { 'a.b': "'c'" } }, /"a.b" is no parameter of a response/],
    ['Model', { Name: 'a', Colour: 'green' }, /property Colour/],
  ];
  test.each(refusals)('%s %j is refused', (type, properties, message) => {
    expect(() => gateway.declare(type, type === 'Api' ? properties : { ApiId, ...properties })).toThrow(message);
  });

  test.each(['Stage', 'Deployment', 'Route', 'RouteResponse', 'Integration', 'IntegrationResponse', 'Model', 'Authorizer'])('%s of an API that is not there is refused', type => {
    const properties = { ApiId: 'nope', StageName: 'a', AutoDeploy: true, RouteKey: 'a', RouteResponseKey: '$default', IntegrationType: 'MOCK', IntegrationId: 'a', IntegrationResponseKey: 'a' };
    const known: Record<string, string[]> = {
      Stage: ['StageName', 'AutoDeploy'], Route: ['RouteKey'], RouteResponse: ['RouteResponseKey'], Integration: ['IntegrationType'], IntegrationResponse: ['IntegrationId', 'IntegrationResponseKey'],
    };
    const used = ['ApiId', ...known[type] ?? []];
    expect(() => gateway.declare(type, Object.fromEntries(Object.entries(properties).filter(([name]) => used.includes(name))))).toThrow('there is no API with the id nope');
  });

  test('a route that is declared twice is refused', () => {
    gateway.mock('a', 'a');
    expect(() => gateway.mock('a', 'a')).toThrow('Route with key a already exists for this API');
  });

  test('an integration may read only those parameters of the client that its route declares', () => {
    const parameters = { RequestParameters: { 'integration.request.header.a': 'route.request.header.token' } };
    expect(() => gateway.route('$connect', { IntegrationType: 'MOCK', ...parameters })).toThrow(/Invalid mapping expression specified: route.request.header.token/);
  });

  test('what CloudFormation takes as text is taken as text', async () => {
    gateway.declare('Stage', { ApiId, StageName: 'text', AutoDeploy: 'true', DefaultRouteSettings: { ThrottlingBurstLimit: '1', ThrottlingRateLimit: '1' } });
    gateway.route('a', { IntegrationType: 'MOCK', TimeoutInMillis: '50', RequestTemplates: { $default: '{"statusCode":200}' } });
    const client = await gateway.connect('/text');
    expect(await client.ask({ action: 'a' })).toBe('{"statusCode":200}');
    expect(JSON.parse(await client.ask({ action: 'a' })).message).toBe('Too Many Requests');
  });

  describe('deployments', () => {
    test('a stage shows what its deployment had, and start-up tells what it has not', async () => {
      gateway.mock('early', 'early');
      const DeploymentId = gateway.declare('Deployment', { ApiId });
      gateway.mock('late', 'late');
      gateway.declare('Stage', { ApiId, StageName: 'fixed', DeploymentId });

      const client = await gateway.connect('/fixed');
      expect(await client.ask({ action: 'early' })).toBe('early');
      expect(JSON.parse(await client.ask({ action: 'late' })).message).toBe('Forbidden');

      await gateway.service.deployed!();
      expect(gateway.traced('failure')).toMatchObject([{ source: 'execute-api', message: expect.stringContaining('The stage fixed of Stack/Api does not show all that the template declares') }]);
    });

    test('nothing is told when everything is deployed', async () => {
      gateway.mock('early', 'early');
      gateway.declare('Stage', { ApiId, StageName: 'fixed', DeploymentId: gateway.declare('Deployment', { ApiId }) });
      await gateway.service.deployed!();
      expect(gateway.traced('failure')).toEqual([]);
    });
  });

  test('the APIs that run are described', () => {
    gateway.mock('b', 'b');
    gateway.mock('$default', 'd');
    gateway.declare('Stage', { ApiId, StageName: 'other', AutoDeploy: true });
    expect(gateway.service.describeApis()).toEqual(['live', 'other'].map(stage => ({
      protocol: 'WEBSOCKET', apiId: ApiId, stage, routeKeys: ['b', '$default'], constructPath: 'Stack/Api', stackName: 'Stack',
    })));
  });
});
