import aslValidator from 'asl-validator';
import { App, Duration, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Authorization, Connection, EventField, HttpMethod, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Value, WebhookRelay, WebhookRelayProps, WebSocketEndpoint } from '../../src';
import { callbackWorkflow } from '../../src/webhooks/callback-workflow';
import { requestWorkflow } from '../../src/webhooks/request-workflow';

const AUTHORIZATION = Authorization.apiKey('x-api-key', SecretValue.unsafePlainText('s3cret'));

function start(props: (stack: Stack) => Partial<WebhookRelayProps> = () => ({ authorization: AUTHORIZATION })) {
  const stack = new Stack(new App(), 'Stack');
  const endpoint = new WebSocketEndpoint(stack, 'Endpoint');
  const relay = new WebhookRelay(stack, 'Relay', { endpoint, url: 'https://shop.example/orders', ...props(stack) });
  endpoint.addRoute('order', relay.integration('Order', { data: Value.body('$.order') }));
  return { stack, relay, template: Template.fromStack(stack) };
}

/** What the policies of the roles allow. */
function permissions(template: Template): Array<[actions: string[], resources: string]> {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  return policies.flatMap(({ Properties: { PolicyDocument: { Statement: statements } } }) => statements.map(({ Action: actions, Resource: resources }: any) => [
    [actions].flat(), JSON.stringify(resources),
  ]));
}

test('holds no function, and each role may do what it has to', () => {
  const { template } = start();
  template.resourceCountIs('AWS::Lambda::Function', 0);
  const allowed = permissions(template).filter(([[action]]) => !action.startsWith('logs:'));
  expect(allowed.map(([actions]) => actions.join()).sort()).toEqual([
    'dynamodb:GetItem,dynamodb:UpdateItem', 'dynamodb:PutItem', 'events:InvokeApiDestination', 'events:PutEvents', 'execute-api:ManageConnections',
    'states:StartSyncExecution', 'states:StartSyncExecution',
  ]);
  for (const [actions, resources] of allowed) {
    expect(resources).toMatch(actions[0] === 'execute-api:ManageConnections' ? /live\/POST\/@connections\/\*"/ : /^[^*]+$/);
  }
});

test.each([
  ['request', requestWorkflow({ partition: 'aws', tableName: 'table', eventBusName: 'bus', source: 'source', callbackUrl: 'https://api/', lifetimeSeconds: 60 })],
  ['callback', callbackWorkflow({ partition: 'aws', tableName: 'table', apiEndpoint: 'api', stageName: 'live' })],
])('the %s workflow is written in the Amazon States Language', (_name, definition) => {
  const result = aslValidator(definition);
  expect(result.isValid ? '' : result.errorsText()).toBe('');
});

test('the credentials are in the connection and nowhere else', () => {
  const { template } = start();
  template.hasResourceProperties('AWS::Events::Connection', { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyValue: 's3cret' } } });
  expect(JSON.stringify(template.toJSON()).match(/s3cret/g)).toHaveLength(1);
});

test('the third party is tried for as long as it may answer, and then a queue has the request', () => {
  const { stack, relay, template } = start(() => ({ authorization: AUTHORIZATION, answerWithin: Duration.minutes(5), retryAttempts: 3 }));
  template.hasResourceProperties('AWS::Events::Rule', {
    Targets: [Match.objectLike({
      InputPath: '$.detail',
      RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 3 },
      DeadLetterConfig: { Arn: stack.resolve(relay.deadLetterQueue.queueArn) },
    })],
  });
  const [workflow] = Object.values(template.findResources('AWS::StepFunctions::StateMachine', { Properties: { DefinitionString: Match.objectLike({ 'Fn::Join': Match.anyValue() }) } }))
    .filter(machine => JSON.stringify(machine).includes('IssueToken'));
  expect(JSON.stringify(workflow)).toContain('$floor($millis() / 1000) + 300');
});

test('callbacks are throttled, are named by their length, and their status is what the workflow says', () => {
  const { template } = start();
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: '$default', DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 } });
  const [{ Properties: { RequestParameters: parameters, ResponseParameters: responses } }] = Object.values(template.findResources('AWS::ApiGatewayV2::Integration', {
    Properties: { IntegrationSubtype: 'StepFunctions-StartSyncExecution' },
  }));
  expect(responses).toEqual({ 200: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '$response.body.output' }] } });
  expect(parameters.Name.replace('${request.header.content-length}', '9999')).toHaveLength(80);
});

test('what belongs to the author is used', () => {
  const { stack, relay, template } = start(scope => ({
    connection: new Connection(scope, 'Own', { authorization: AUTHORIZATION }),
    deadLetterQueue: new Queue(scope, 'OwnQueue'),
    method: HttpMethod.PUT,
    requestBody: RuleTargetInput.fromObject({ hook: EventField.fromPath('$.detail.callbackUrl'), order: EventField.fromPath('$.detail.data') }),
    requestHeaders: { 'x-version': '2' },
    requestsPerSecond: 5,
    throttle: { rateLimit: 7, burstLimit: 8 },
  }));
  template.resourceCountIs('AWS::Events::Connection', 1);
  template.resourceCountIs('AWS::SQS::Queue', 1);
  template.hasResourceProperties('AWS::Events::ApiDestination', {
    HttpMethod: 'PUT', InvocationRateLimitPerSecond: 5, ConnectionArn: stack.resolve(relay.connection.connectionArn),
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    Targets: [Match.objectLike({
      HttpParameters: { HeaderParameters: { 'x-version': '2' } },
      InputTransformer: { InputPathsMap: { 'detail-callbackUrl': '$.detail.callbackUrl', 'detail-data': '$.detail.data' }, InputTemplate: '{"hook":<detail-callbackUrl>,"order":<detail-data>}' },
    })],
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 8 } });
});

test.each<[string, (stack: Stack) => Partial<WebhookRelayProps>, string]>([
  ['no credentials', () => ({}), 'webhookCredentials'],
  ['credentials twice', scope => ({ authorization: AUTHORIZATION, connection: new Connection(scope, 'Own', { authorization: AUTHORIZATION }) }), 'webhookCredentials'],
  ['a URL without TLS', () => ({ authorization: AUTHORIZATION, url: 'http://shop.example/' }), 'webhookUrl'],
  ['a URL that only looks local', () => ({ authorization: AUTHORIZATION, url: 'http://localhost.shop.example/' }), 'webhookUrl'],
  ['no URL', () => ({ authorization: AUTHORIZATION, url: 'shop.example' }), 'webhookUrl'],
  ['too little time', () => ({ authorization: AUTHORIZATION, answerWithin: Duration.seconds(59) }), 'webhookAnswerWithin'],
  ['more time than a connection lives', () => ({ authorization: AUTHORIZATION, answerWithin: Duration.hours(3) }), 'webhookAnswerWithin'],
  ['time that only CloudFormation will know', () => ({ authorization: AUTHORIZATION, answerWithin: Duration.minutes(Lazy.number({ produce: () => 5 })) }), 'unknownDuration'],
  ['half a second', () => ({ authorization: AUTHORIZATION, answerWithin: Duration.millis(90_500) }), 'webhookAnswerWithin'],
])('%s is refused', (_case, props, problem) => {
  expect(() => start(props)).toThrow(`[cdk-lambdaless-websockets:${problem}]`);
});
