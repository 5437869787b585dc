import { refusal, transform } from '../helpers';

const api = (properties: object, attributes: object = {}) => ({ Chat: { Type: 'AWS::Serverless::WebSocketApi', ...attributes, Properties: { RouteSelectionExpression: '$request.body.action', ...properties } } });
const FUNCTION = { FunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } };

test('each route has its integration and its permission, and the API a stage', () => {
  const resources = transform(api({ Routes: { $connect: FUNCTION, sendMessage: { ...FUNCTION, IntegrationTimeout: 500, OperationName: 'Send' } } }, { Condition: 'C', DependsOn: 'F' }));
  expect(Object.keys(resources)).toEqual([
    'Chat', 'ChatConnectRoute', 'ChatConnectIntegration', 'ChatConnectPermission', 'ChatSendmessageRoute', 'ChatSendmessageIntegration', 'ChatSendmessagePermission', 'ChatDefaultStage',
  ]);
  expect(resources.Chat).toEqual({
    Type: 'AWS::ApiGatewayV2::Api',
    Condition: 'C',
    DependsOn: 'F',
    Properties: { Name: 'Chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Tags: { 'websocketapi:createdBy': 'SAM' } },
  });
  expect(resources.ChatSendmessageRoute).toEqual({
    Type: 'AWS::ApiGatewayV2::Route',
    Condition: 'C',
    Properties: { ApiId: { Ref: 'Chat' }, RouteKey: 'sendMessage', OperationName: 'Send', Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'ChatSendmessageIntegration' }]] } },
  });
  expect(resources.ChatSendmessageIntegration.Properties).toEqual({
    ApiId: { Ref: 'Chat' },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: { 'Fn::Sub': ['arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations', FUNCTION] },
    TimeoutInMillis: 500,
  });
  expect(resources.ChatConnectPermission.Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: FUNCTION.FunctionArn,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': ['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat.ApiId}/${__StageName__}/$connect', { __StageName__: 'default' }] },
  });
  expect(resources.ChatDefaultStage.Properties).toEqual({ ApiId: { Ref: 'Chat' }, AutoDeploy: true, StageName: 'default', Tags: { 'websocketapi:createdBy': 'SAM' } });
});

test.each([['prod', 'ChatprodStage'], [{ Ref: 'P' }, 'ChatStage'], ['default', 'ChatDefaultStage']])('the stage %j is %s', (StageName, logicalId) => {
  expect(transform(api({ StageName, Routes: { $default: FUNCTION } }))[logicalId].Properties.StageName).toEqual(StageName);
});

test('the stage waits for the routes that its settings name', () => {
  expect(transform(api({ RouteSettings: { $default: {} }, Routes: { $default: FUNCTION } })).ChatDefaultStage.DependsOn).toEqual(['ChatDefaultRoute']);
});

test('an authorizer guards $connect alone, and API Gateway may invoke it', () => {
  const resources = transform(api({ Auth: { AuthType: 'CUSTOM', AuthArn: 'arn:a', IdentitySource: ['route.request.header.token'] }, Routes: { $connect: FUNCTION, $default: FUNCTION } }));
  expect(resources.ChatConnectRoute.Properties).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'ChatConnectAuthorizer' } });
  expect(resources.ChatDefaultRoute.Properties).not.toHaveProperty('AuthorizationType');
  expect(resources.ChatConnectAuthorizer.Properties).toMatchObject({ AuthorizerType: 'REQUEST', Name: 'ChatConnectAuthorizer', IdentitySource: ['route.request.header.token'] });
  expect(resources.ChatAuthorizerPermission.Properties).toMatchObject({ FunctionName: 'arn:a', Principal: 'apigateway.amazonaws.com' });
  expect(transform(api({ Auth: { AuthType: 'AWS_IAM' }, Routes: { $connect: FUNCTION } })).ChatConnectRoute.Properties.AuthorizationType).toBe('AWS_IAM');
});

test.each<[string, object, string]>([
  ['no routes', { Routes: {} }, 'WebSocket API must have at least one route.'],
  ['a route without a function', { Routes: { a: {} } }, 'Route must have associated function.'],
  ['a key with other signs', { Routes: { 'a-b': FUNCTION } }, "Route key 'a-b' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported."],
  ['parameters of a message', { Routes: { a: { ...FUNCTION, RequestParameters: {} } } }, 'Request parameters are only supported for the $connect route in WebSocket APIs.'],
  ['a stage called $default', { StageName: '$default', Routes: { a: FUNCTION } }, 'Stages cannot be named $default for WebSocket APIs.'],
  ['an authorizer without $connect', { Auth: { AuthType: 'AWS_IAM' }, Routes: { a: FUNCTION } }, 'Authorization is only available if there is a $connect route.'],
  ['an authorizer without a function', { Auth: { AuthType: 'CUSTOM' }, Routes: { $connect: FUNCTION } }, 'AuthArn must be specified if AuthType is CUSTOM.'],
  ['an unknown authorization', { Auth: { AuthType: 'JWT' }, Routes: { $connect: FUNCTION } }, 'AuthType is not one of AWS_IAM, CUSTOM or NONE.'],
  ['an authorization without type', { Auth: {}, Routes: { $connect: FUNCTION } }, 'AuthType must be specified for additional auth configurations.'],
  ['IAM with more', { Auth: { AuthType: 'AWS_IAM', AuthArn: 'x' }, Routes: { $connect: FUNCTION } }, 'No additional configurations supported for AuthType AWS_IAM.'],
  ['an unknown kind of address', { IpAddressType: 'ipv6', Routes: { a: FUNCTION } }, "IpAddressType must be 'ipv4' or 'dualstack'."],
  ['a domain', { Domain: {}, Routes: { a: FUNCTION } }, 'the local runtime does not emulate the property Domain of AWS::Serverless::WebSocketApi'],
])('%s is refused', (_, properties, message) => {
  expect(refusal(api(properties))).toMatchObject({ message, logicalId: 'Chat' });
});
