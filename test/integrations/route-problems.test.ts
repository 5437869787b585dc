import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi, WebSocketRouteOptions, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Admission, AwsActionIntegration, MockIntegration, Response, RouteSettings, Value, WebSocketEndpoint } from '../../src';

let app: App;
let api: WebSocketApi;
beforeEach(() => {
  app = new App();
  api = new WebSocketApi(new Stack(app, 'Stack'), 'Api');
});

const call = (request: Value, response?: Response, id = 'Call') => new AwsActionIntegration(id, { service: 'events', action: 'PutEvents', request, response });
const answering = (integration: WebSocketRouteOptions['integration']): WebSocketRouteOptions => ({ integration, returnResponse: true });
const endpoint = () => new WebSocketEndpoint(api.stack, 'Endpoint');
const nothing = Value.object({});
const text = Value.body('$.text').asString();

function synthesisError(): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing is wrong');
}

test.each<[problem: string, told: RegExp, add: () => void]>([
  ['connectWithoutResponse', /\$connect with the integration Call .* returnResponse: true/, () => api.addRoute('$connect', { integration: call(nothing) })],
  ['responseNotReturned', /route a with the integration Call .* Response\.none\(\)/, () => api.addRoute('a', { integration: call(nothing) })],
  ['nothingToReturn', /route a .* without returnResponse/, () => api.addRoute('a', answering(call(nothing, Response.none())))],
  ['noMessage', /\$connect .* Value\.body\(\)/, () => api.addRoute('$connect', answering(call(Value.object({ text }))))],
  ['noMessage', /\$disconnect .* Value\.body\(\)/, () => api.addRoute('$disconnect', { integration: call(Value.jsonText(Value.body())) })],
  ['noHandshake', /route a .* only \$connect/, () => api.addRoute('a', answering(call(Value.object({ token: Value.header('X-Token') }))))],
  ['sharedWithConnect', /route a .* with \$connect/, () => {
    const shared = call(nothing);
    api.addRoute('$connect', answering(shared));
    api.addRoute('a', answering(shared));
  }],
  ['sharedWithDisconnect', /route a .* \$disconnect, which came first/, () => {
    const shared = call(nothing);
    api.addRoute('$disconnect', { integration: shared });
    api.addRoute('a', answering(shared));
  }],
  ['contradictoryTypes', /Call .*\$\.a is said to be a string and a number/, () => api.addRoute('a', answering(call(Value.list(Value.body('$.a').asString(), Value.body('$.a').asNumber()))))],
  ['contradictoryTypes', /\$\.a is said to be a string and an object/, () => api.addRoute('a', answering(call(Value.list(Value.body('$.a').asString(), Value.body('$.a.b')))))],
  ['contradictoryTypes', /\$\.a is said to be an object and an array/, () => api.addRoute('a', answering(call(Value.list(Value.body('$.a.b'), Value.body('$.a[0]').optional()))))],
  ['requestTwice', /events:PutEvents has both/, () => {
    api.addRoute('a', answering(new AwsActionIntegration('Call', { service: 'events', action: 'PutEvents', request: nothing, form: {} })));
  }],
  ['answerInRequest', /events:PutEvents takes fields of an answer/, () => api.addRoute('a', answering(call(Value.list(Value.answer('$.a')))))],
  ['messageInResponse', /events:PutEvents takes fields of the message/, () => api.addRoute('a', answering(call(nothing, Response.json(text))))],
  ['workflowOutputElsewhere', /events:PutEvents takes the output of a workflow/, () => api.addRoute('a', answering(call(nothing, Response.workflowOutput())))],
])('%s: %s', (problem, told, add) => {
  add();
  expect(synthesisError()).toMatch(told);
  expect(synthesisError()).toContain(`[cdk-lambdaless-websockets:${problem}]`);
});

test('all problems of an app are told in one error', () => {
  api.addRoute('a', { integration: call(Value.list(Value.answer('$.a')), undefined, 'First') });
  api.addRoute('b', answering(call(Value.object({ token: Value.header('X-Token') }), Response.json(text), 'Second')));
  new WebSocketApi(api.stack, 'Other').addRoute('c', { integration: call(nothing, undefined, 'Third') });
  expect([...synthesisError().matchAll(/\[cdk-lambdaless-websockets:(\w+)\]/g)].map(([, id]) => id).sort())
    .toEqual(['answerInRequest', 'messageInResponse', 'noHandshake', 'responseNotReturned', 'responseNotReturned']);
});

test('what is right has no problems', () => {
  const shared = call(Value.object({ text, a: Value.body('$.a').optional(), again: Value.body('$.a') }));
  api.addRoute('a', answering(shared));
  api.addRoute('b', answering(shared));
  api.addRoute('$connect', answering(call(Value.object({ token: Value.header('X-Token') }), undefined, 'Connect')));
  api.addRoute('$disconnect', { integration: call(nothing, undefined, 'Disconnect') });
  api.addRoute('echo', answering(MockIntegration.echo('Echo')));
  expect(() => app.synth()).not.toThrow();
});

test.each<[problem: string, told: RegExp, make: () => unknown]>([
  ['integrationId', /'Default'/, () => new MockIntegration('Default')],
  ['importedStage', /Imported/, () => RouteSettings.of(WebSocketStage.fromWebSocketStageAttributes(api.stack, 'Imported', { api, stageName: 'live' }))],
  ['admissionRoute', /route a /, () => endpoint().addRoute('a', new MockIntegration('Mock'), { admission: Admission.header('token', 'hello') })],
  ['admissionIntegration', /\$connect/, () => endpoint().addRoute('$connect', new WebSocketMockIntegration('Mock'), { admission: Admission.header('token', 'hello') })],
  ['admissionValue', /'token'/, () => Admission.header('token', '"')],
])('%s, at once: %s', (problem, told, make) => {
  expect(make).toThrow(new RegExp(`${told.source}.*\\[cdk-lambdaless-websockets:${problem}\\]`));
});

describe('sharing', () => {
  test('one value in two integrations stands in both, with a model for each', () => {
    const shared = Value.object({ text, note: Value.body('$.note').asString().optional(), until: Value.requestTime() });
    api.addRoute('a', answering(call(shared, undefined, 'First')));
    api.addRoute('b', answering(call(Value.object({ inside: Value.jsonText(shared) }), undefined, 'Second')));
    const template = Template.fromStack(api.stack);
    const models = Object.values(template.findResources('AWS::ApiGatewayV2::Model'));
    expect(models.map(({ Properties }) => Properties.Schema)).toEqual([models[0].Properties.Schema, models[0].Properties.Schema]);
    expect(new Set(models.map(({ Properties }) => Properties.Name)).size).toBe(2);
  });

  test('routes that share an integration share its model, and need it first', () => {
    const shared = call(Value.object({ text }));
    api.addRoute('a', answering(shared));
    api.addRoute('b', answering(shared));
    const template = Template.fromStack(api.stack);
    const [model] = Object.keys(template.findResources('AWS::ApiGatewayV2::Model'));
    template.resourceCountIs('AWS::ApiGatewayV2::Model', 1);
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
    expect(routes).toHaveLength(2);
    routes.forEach(({ Properties, DependsOn }) => {
      expect(Properties).toMatchObject({ ModelSelectionExpression: '\\$default', RequestModels: { $default: expect.any(String) } });
      expect([DependsOn].flat()).toContain(model);
    });
  });
});
