import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Admission, ConnectionTable, MockIntegration, Value, WebSocketEndpoint } from '../../src';

const start = () => {
  const stack = new Stack(new App(), 'Stack');
  return { stack, endpoint: new WebSocketEndpoint(stack, 'Endpoint'), connections: new ConnectionTable(stack, 'Connections') };
};

test('a ticket is used up and the row of the connection put, both or neither', () => {
  const { stack, endpoint, connections } = start();
  endpoint.addConnectionRoutes(connections, { admission: Admission.ticket({ claims: ['tenantId'] }) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
    RouteKey: '$connect',
    RequestParameters: { 'route.request.querystring.ticket': { Required: true }, 'route.request.querystring.tenantId': { Required: true } },
  });
  const [integration] = Object.values(template.findResources('AWS::ApiGatewayV2::Integration')).filter(({ Properties }) => JSON.stringify(Properties).includes('TransactWriteItems'));
  expect(JSON.stringify(integration)).toContain('attribute_not_exists(usedBy) AND expiresAt > :now AND \\\\u0023claim0 = :claim0');
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual(['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
});

test('what a ticket vouches for is an attribute of the row, even when the author has one of the same name', () => {
  const stack = new Stack(new App(), 'Stack');
  const connections = new ConnectionTable(stack, 'Connections', { attributes: { tenantId: Value.queryString('whatever').optional(), nickname: Value.queryString('nickname') } });
  new WebSocketEndpoint(stack, 'Endpoint').addConnectionRoutes(connections, { admission: Admission.ticket({ claims: ['tenantId'] }) });
  const integrations = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Integration'));
  const template = JSON.stringify(integrations.find(({ Properties }) => JSON.stringify(Properties).includes('TransactWriteItems')));
  expect(template).not.toContain("get('whatever')");
  expect(template).toMatch(/tenantId[^:]*:[^:]*S[^:]*:[^:]*get\('tenantId'\)/);
  expect(template).toContain("get('nickname')");
});

test('who issues tickets can write nothing else', () => {
  const { stack, connections } = start();
  connections.grantIssueTickets(new Role(stack, 'Backend', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{ Action: 'dynamodb:PutItem', Effect: 'Allow', Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ticket#*'] } } }],
    },
  });
});

test('an integration that uses no ticket up lets nobody in with one', () => {
  const { endpoint } = start();
  expect(() => endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.ticket() }))
    .toThrow('add the route with addConnectionRoutes(), or with ConnectionTable.connectIntegration(id, admission). [cdk-lambdaless-websockets:admissionTicket]');
});

test.each(['pk', 'expiresAt', 'two words', '__proto__'])('a claim cannot be called %s', claim => {
  const { connections } = start();
  expect(() => connections.connectIntegration('Connect', Admission.ticket({ claims: [claim] }))).toThrow('[cdk-lambdaless-websockets:connectionAttribute]');
});
