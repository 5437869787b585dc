import { App, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  ApiGatewayLogging, DynamoDbPutItem, LoggingLevel, Response, RouteSettings, Value, WebSocketApiKey, WebSocketEndpoint, WebSocketEndpointProps,
} from '../../src';

function start(props?: WebSocketEndpointProps) {
  const stack = new Stack(new App(), 'Stack');
  const table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const endpoint = new WebSocketEndpoint(stack, 'Endpoint', props);
  const save = (id: string, response?: Response) => new DynamoDbPutItem(id, { table, item: { pk: Value.connectionId() }, response });
  return { stack, endpoint, save };
}

test('a route returns a response when its integration has one', () => {
  const { stack, endpoint, save } = start();
  endpoint.addRoute('$connect', save('Connect', Response.none()));
  endpoint.addRoute('$disconnect', save('Disconnect'));
  endpoint.addRoute('save', save('Save'));
  endpoint.addRoute('quiet', save('Quiet', Response.none()));
  endpoint.addRoute('other', new WebSocketMockIntegration('Mock'));

  const routes = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route'));
  const answering = routes.filter(({ Properties }) => Properties.RouteResponseSelectionExpression === '$default').map(({ Properties }) => Properties.RouteKey);
  expect(answering).toEqual(['$connect', 'save']);
});

test('a stage is throttled and logs nothing unless told to', () => {
  const { stack } = start();
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    StageName: 'live',
    AutoDeploy: true,
    DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
  });
});

test('a route has settings of its own, and the stage waits for it', () => {
  const { stack, endpoint, save } = start();
  endpoint.addRoute('save', save('Save'), { throttle: { rateLimit: 5, burstLimit: 9 }, loggingLevel: LoggingLevel.INFO, dataTraceEnabled: true });
  endpoint.addRoute('load', save('Load'), { throttle: { rateLimit: 7 } });
  const template = Template.fromStack(stack);
  const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
  expect(stage.Properties.RouteSettings).toEqual({
    save: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9, LoggingLevel: 'INFO', DataTraceEnabled: true },
    load: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 2000 },
  });
  expect(stage.DependsOn).toEqual(Object.keys(template.findResources('AWS::ApiGatewayV2::Route')).sort());
});

test('what a route does not say itself is as the stage says, and what was said before stands', () => {
  const { stack, endpoint, save } = start({ throttle: { rateLimit: 50, burstLimit: 60 }, loggingLevel: LoggingLevel.ERROR });
  const route = endpoint.addRoute('save', save('Save'), { throttle: { rateLimit: 5, burstLimit: 9 } });
  RouteSettings.of(endpoint.stage).add(route, { detailedMetricsEnabled: true });
  endpoint.addRoute('load', save('Load'), { loggingLevel: LoggingLevel.INFO });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    RouteSettings: {
      save: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9, LoggingLevel: 'ERROR', DetailedMetricsEnabled: true },
      load: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 60, LoggingLevel: 'INFO' },
    },
  });
});

test('settings of routes work on the WebSocketStage of the CDK, and say why they do not on an imported one', () => {
  const stack = new Stack(new App(), 'Stack');
  const api = new WebSocketApi(stack, 'Api');
  const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'live', autoDeploy: true });
  const route = api.addRoute('save', { integration: new WebSocketMockIntegration('Mock') });
  RouteSettings.of(stage).add(route, { throttle: { rateLimit: 3 } });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Stage', { RouteSettings: { save: { ThrottlingRateLimit: 3 } } });

  const imported = WebSocketStage.fromWebSocketStageAttributes(stack, 'Imported', { stageName: 'live', api });
  expect(() => RouteSettings.of(imported)).toThrow('RouteSettings.of(Stack/Imported) needs a stage of this app');
});

test('a schema of the author takes the place of the one that the integration makes', () => {
  const { stack, endpoint } = start();
  const table = new Table(stack, 'Orders', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const integration = new DynamoDbPutItem('Save', { table, item: { pk: Value.body('$.id').asString() } });
  endpoint.addRoute('save', integration, { schema: { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 8 } } } });
  const models = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Model'));
  expect(models.map(({ Properties }) => Properties.Schema.properties.id)).toEqual([{ type: 'string', maxLength: 8 }]);
});

test('access logs hold nothing of the message', () => {
  const { stack } = start();
  new WebSocketEndpoint(stack, 'Logging', { accessLogGroup: new LogGroup(stack, 'Log'), loggingLevel: LoggingLevel.ERROR });
  const [stage] = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Stage', { Properties: { DefaultRouteSettings: { LoggingLevel: 'ERROR' } } }));
  const format = JSON.parse(stage.Properties.AccessLogSettings.Format);
  expect(format).toMatchObject({ requestId: '$context.requestId', routeKey: '$context.routeKey', status: '$context.status' });
  expect(stage.Properties.AccessLogSettings.Format).not.toContain('body');
});

test.each([
  '$request.body.action', '${request.body.service}/${request.body.action}', 'v1-${request.body.action}', '$request.body.header.kind',
])('%s selects a route', routeSelectionExpression => {
  expect(() => Template.fromStack(start({ routeSelectionExpression }).stack)).not.toThrow();
});

test.each(['action', '$context.routeKey', '$request.header.kind', 'a$request.body.kind', '${request.body}'])('%s selects nothing, and synthesis says so', routeSelectionExpression => {
  expect(() => Template.fromStack(start({ routeSelectionExpression }).stack))
    .toThrow(`routeSelectionExpression '${routeSelectionExpression}' selects no field: write $request.body.action, or \${request.body.service}/\${request.body.action} for several. [cdk-lambdaless-websockets:routeSelectionExpression]`);
});

test('who manages connections is allowed those of the one stage', () => {
  const { stack, endpoint } = start();
  const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
  endpoint.grantManageConnections(role);
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const [statement] = policy.Properties.PolicyDocument.Statement;
  expect(statement.Action).toBe('execute-api:ManageConnections');
  expect(JSON.stringify(statement.Resource)).toContain('/*/@connections/*');
});

test('an endpoint that is made elsewhere has URLs, metrics and a grant', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
  const endpoint = WebSocketEndpoint.fromWebSocketEndpointAttributes(stack, 'Endpoint', { apiId: 'abc', stageName: 'live' });
  endpoint.grantManageConnections(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') }));
  new CfnOutput(stack, 'Url', { value: endpoint.url });
  new CfnOutput(stack, 'CallbackUrl', { value: endpoint.callbackUrl });
  const template = Template.fromStack(stack);
  template.hasOutput('Url', { Value: { 'Fn::Join': ['', ['wss://abc.execute-api.eu-west-1.', { Ref: 'AWS::URLSuffix' }, '/live']] } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{ Action: 'execute-api:ManageConnections', Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:eu-west-1:123456789012:abc/live/*/@connections/*']] } }],
    },
  });
  expect(endpoint.metrics.connects().dimensions).toEqual({ ApiId: 'abc', Stage: 'live' });
});

test('a route selection expression that only CloudFormation will know is taken', () => {
  const stack = new Stack(new App(), 'Stack');
  new WebSocketEndpoint(stack, 'Endpoint', { routeSelectionExpression: new CfnParameter(stack, 'Selection').valueAsString });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Api', { RouteSelectionExpression: { Ref: 'Selection' } });
});

test('an API key opens one stage, within its limits', () => {
  const { stack, endpoint } = start();
  new WebSocketApiKey(stack, 'Key', { stage: endpoint.stage, throttle: { rateLimit: 1 }, quota: { limit: 100, period: Period.DAY } });
  const template = Template.fromStack(stack);
  const [stageId] = Object.keys(template.findResources('AWS::ApiGatewayV2::Stage'));
  template.hasResource('AWS::ApiGateway::UsagePlan', {
    Properties: { ApiStages: [{ Stage: 'live' }], Throttle: { RateLimit: 1 }, Quota: { Limit: 100, Period: 'DAY' } },
    DependsOn: [stageId],
  });
  template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 1);
});

test('the role for logs outlives the stack: other APIs of the account log with it', () => {
  const stack = new Stack(new App(), 'Stack');
  new ApiGatewayLogging(stack, 'Logging');
  const template = Template.fromStack(stack);
  template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
  template.hasResource('AWS::IAM::Role', { DeletionPolicy: 'Retain' });
});
