import { CfnOutput } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpIntegrationSubtype, HttpMethod, MappingValue, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpEventBridgeIntegration, HttpSqsIntegration, HttpStepFunctionsIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, IChainable, Pass, StateMachine, StateMachineType, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { CallApiGatewayHttpApiEndpoint, HttpMethod as TaskMethod } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { ready } from '../../local/cli/ready';
import { welcome } from '../../local/cli/welcome';
import { RunningApp } from '../support/running-app';

/** HTTP APIs as the CDK writes them: a webhook whose event starts a workflow, which calls the API back. */
const app = new RunningApp(stack => {
  const api = new HttpApi(stack, 'Api', { corsPreflight: { allowOrigins: ['https://shop.example'], allowMethods: [CorsHttpMethod.POST] } });
  const bus = new EventBus(stack, 'Bus');
  const queue = new Queue(stack, 'Queue');
  const custom = (values: Record<string, string>) => {
    const mapping = new ParameterMapping();
    Object.entries(values).forEach(([key, value]) => mapping.custom(key, value));
    return mapping;
  };

  api.addRoutes({
    path: '/hooks/{source}',
    methods: [HttpMethod.POST],
    integration: new HttpEventBridgeIntegration('Hook', {
      eventBusRef: bus.eventBusRef,
      parameterMapping: custom({ EventBusName: bus.eventBusName, Source: 'hook.${request.path.source}', DetailType: '$request.header.x-event', Detail: '$request.body' }),
    }),
  });
  api.addRoutes({
    path: '/callback',
    methods: [HttpMethod.POST],
    integration: new HttpSqsIntegration('Callback', { queue, parameterMapping: custom({ QueueUrl: queue.queueUrl, MessageBody: '$request.body' }) }),
  });
  api.addRoutes({ path: '/callback', methods: [HttpMethod.GET], integration: new HttpSqsIntegration('Read', { queue, subtype: HttpIntegrationSubtype.SQS_RECEIVE_MESSAGE }) });

  const express = (id: string, definition: IChainable) => {
    const definitionBody = DefinitionBody.fromChainable(definition);
    return new StateMachine(stack, id, { stateMachineType: StateMachineType.EXPRESS, definitionBody });
  };
  const echo = express('Echo', new Pass(stack, 'Pass'));
  api.addRoutes({
    path: '/sync',
    methods: [HttpMethod.POST],
    integration: new HttpStepFunctionsIntegration('Sync', {
      stateMachine: echo,
      subtype: HttpIntegrationSubtype.STEPFUNCTIONS_START_SYNC_EXECUTION,
      parameterMapping: custom({ StateMachineArn: echo.stateMachineArn, Input: MappingValue.requestBody('order').value }),
    }),
  });
  const call = new CallApiGatewayHttpApiEndpoint(stack, 'Call', {
    apiId: api.apiId, apiStack: stack, method: TaskMethod.POST, apiPath: '/callback', requestBody: TaskInput.fromObject({ 'told.$': '$.detail' }),
  });
  new Rule(stack, 'Rule', { eventBus: bus, eventPattern: { source: ['hook.shop'] }, targets: [new SfnStateMachine(express('Flow', call))] });
  new CfnOutput(stack, 'Url', { value: api.url! });
  new CfnOutput(stack, 'Endpoint', { value: api.apiEndpoint });
});
beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

test('a webhook becomes an event, which starts a workflow, which calls back', async () => {
  const response = await fetch(`${app.outputs.Url}hooks/shop`, { method: 'POST', body: '{"order":{"id":7}}', headers: { 'x-event': 'OrderPlaced' } });
  expect([response.status, await response.json()]).toMatchObject([200, { FailedEntryCount: 0 }]);
  let received = '';
  for (let attempt = 0; attempt < 500 && !received.includes('<Body>'); attempt++) {
    received = await (await fetch(`${app.outputs.Url}callback`)).text();
  }
  expect(received).toContain('<Body>{&quot;told&quot;:{&quot;order&quot;:{&quot;id&quot;:7}}}</Body>');
});

test('a workflow answers at once', async () => {
  const answer = await (await fetch(`${app.outputs.Url}sync`, { method: 'POST', body: '{"order":{"id":7}}' })).json() as any;
  expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '{"id":7}' });
});

test('people and programs are told where the API is', () => {
  const { runtime, outputs } = app;
  const [api] = runtime.apis;
  const url = `${runtime.endpoint}/${api.apiId}`;
  expect([outputs.Url, outputs.Endpoint]).toEqual([`${url}/`, url]);
  expect(ready(runtime)).toMatchObject({ httpUrls: { 'Stack/Api': url }, webSocketUrls: {} });
  expect(welcome(runtime)).toContain(`Stack/Api\n    ${url}\n    routes: `);
});
