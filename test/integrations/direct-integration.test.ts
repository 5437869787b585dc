import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { DynamoDbPutItem, Value } from '../../src';

function start() {
  const stack = new Stack(new App(), 'Stack');
  const table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const integration = new DynamoDbPutItem('Put', { table, item: { pk: Value.connectionId() } });
  return { stack, integration, api: new WebSocketApi(stack, 'Api') };
}

test('works on the WebSocketApi of the CDK', () => {
  const { stack, integration, api } = start();
  api.addRoute('save', { integration, returnResponse: true });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::IntegrationResponse', { IntegrationResponseKey: '/2\\d\\d/', TemplateSelectionExpression: '\\$default' });
});

test('one integration on two routes is one resource, with one set of responses and permissions', () => {
  const { stack, integration, api } = start();
  const first = api.addRoute('first', { integration, returnResponse: true });
  const second = api.addRoute('second', { integration, returnResponse: true });
  // Versions of the CDK differ in how often they bind.
  [first, second].forEach(route => integration.bind({ route, scope: route }));

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
  template.resourceCountIs('AWS::ApiGatewayV2::IntegrationResponse', 3);
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(policy.Properties.PolicyDocument.Statement).toHaveLength(1);
});

test('two integrations of one API share its role', () => {
  const { stack, integration, api } = start();
  const table = new Table(stack, 'Other', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  api.addRoute('first', { integration, returnResponse: true });
  api.addRoute('second', { integration: new DynamoDbPutItem('PutOther', { table, item: { pk: Value.connectionId() } }), returnResponse: true });
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
});

test('one integration cannot serve two APIs', () => {
  const { stack, integration, api } = start();
  api.addRoute('first', { integration, returnResponse: true });
  expect(() => new WebSocketApi(stack, 'Second').addRoute('first', { integration })).toThrow(/cannot be associated with multiple APIs/);
});

test.each(['Default', 'Resource'])('an id that the CDK leaves out of logical ids is refused: %s', id => {
  const { stack } = start();
  const table = new Table(stack, 'Other', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  expect(() => new DynamoDbPutItem(id, { table, item: { pk: Value.connectionId() } })).toThrow(`An integration cannot have the id '${id}'`);
});
