import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi, WebSocketRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DynamoDbPutItem, MockIntegration, Value } from '../../src';

/** A stack whose one route puts what clients send into its table; the API is its own, unless there is one already. */
class SaveStack extends Stack {
  readonly api: WebSocketApi;

  constructor(scope: Construct, id: string, api?: WebSocketApi) {
    super(scope, id);
    this.api = api ?? new WebSocketApi(this, 'Api');
    const table = new Table(this, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
    const integration = new DynamoDbPutItem('Save', { table, item: { pk: Value.body('$.id').asString() } });
    new WebSocketRoute(this, 'Route', { webSocketApi: this.api, routeKey: `save ${id}`, integration, returnResponse: true });
  }

  /** The names of its models, and of those that its routes have. */
  get models(): { made: string[]; used: string[] } {
    const template = Template.fromStack(this);
    const made = Object.values(template.findResources('AWS::ApiGatewayV2::Model')).map(({ Properties }) => Properties.Name);
    return { made, used: Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RequestModels?.$default) };
  }
}

test('routes within a Stage of the CDK have models, and their problems are told', () => {
  const stage = new Stage(new App(), 'Prod');
  const stack = new SaveStack(stage, 'Stack');
  expect(stack.models.used).toEqual([expect.any(String)]);

  const wrong = new Stage(new App(), 'Prod');
  new WebSocketApi(new Stack(wrong, 'Stack'), 'Api').addRoute('a', { integration: new MockIntegration('Mock') });
  expect(() => wrong.synth()).toThrow('[cdk-lambdaless-websockets:responseNotReturned]');
});

test('stacks that are made alike have nothing to do with each other, although their resources have the same logical ids', () => {
  const app = new App();
  const [test, production] = [new SaveStack(app, 'Test'), new SaveStack(app, 'Production')];
  for (const stack of [test, production]) {
    expect(stack.models.made).toHaveLength(1);
    expect(stack.models.used).toEqual(stack.models.made);
    expect(stack.dependencies).toEqual([]);
  }
  expect(test.models.made).not.toEqual(production.models.made);
});

test('stacks that are made alike may add routes to the API of a third', () => {
  const app = new App();
  const api = new WebSocketApi(new Stack(app, 'Shared'), 'Api');
  const [first, second] = [new SaveStack(app, 'First', api), new SaveStack(app, 'Second', api)];
  for (const stack of [first, second]) {
    expect(stack.models.made).toHaveLength(1);
    expect(stack.models.used).toEqual(stack.models.made);
    expect(stack.dependencies).toEqual([api.stack]);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  }
  Template.fromStack(api.stack).resourceCountIs('AWS::IAM::Role', 0);
});

test('a parameter is required when one of the values that take it cannot do without', () => {
  const api = new WebSocketApi(new Stack(new App(), 'Stack'), 'Api');
  const table = new Table(api.stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const name = Value.queryString('name');
  const integration = new DynamoDbPutItem('Connect', { table, item: { pk: Value.connectionId(), name, again: name.optional(), mood: Value.queryString('mood').optional() } });
  api.addRoute('$connect', { integration, returnResponse: true });
  Template.fromStack(api.stack).hasResourceProperties('AWS::ApiGatewayV2::Route', {
    RequestParameters: { 'route.request.querystring.name': { Required: true }, 'route.request.querystring.mood': { Required: false } },
  });
});
