import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Admission, DynamoDbPutItem, MockIntegration, Value, WebSocketEndpoint } from '../../src';

const start = () => {
  const stack = new Stack(new App(), 'Stack');
  return { stack, endpoint: new WebSocketEndpoint(stack, 'Endpoint') };
};
const requestTemplate = (stack: Stack) => {
  const [integration] = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Integration'));
  return integration.Properties.RequestTemplates.$default;
};

test('a mock lets in only whom its condition admits', () => {
  const { stack, endpoint } = start();
  endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.header('token', 'hello') });
  expect(requestTemplate(stack)).toBe('#if($input.params().header.get(\'token\') == "hello"){"statusCode":200}#{else}{"statusCode":401}#{end}');
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$connect', RequestParameters: { 'route.request.header.token': { Required: true } } });
});

test('a refused client writes nothing: the service gets a request that it refuses too', () => {
  const { stack, endpoint } = start();
  const table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  const connect = new DynamoDbPutItem('Connect', { table, item: { pk: Value.connectionId() } });
  endpoint.addRoute('$connect', connect, { admission: Admission.queryString('key', 'k-1') });
  expect(JSON.stringify(requestTemplate(stack))).toMatch(/#if\(\$input\.params\(\)\.querystring\.get\('key'\) == .*#\{else\}\{#\{end\}/);
});

test('it works on the WebSocketApi of the CDK', () => {
  const stack = new Stack(new App(), 'Stack');
  const admission = Admission.header('token', 'hello');
  new WebSocketApi(stack, 'Api').addRoute('$connect', { integration: admission.guard(new MockIntegration('Connect')), authorizer: admission.authorizer, returnResponse: true });
  expect(requestTemplate(stack)).toContain('== "hello"');
});

test('IAM decides where it is asked to', () => {
  const { stack, endpoint } = start();
  endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.iam() });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$connect', AuthorizationType: 'AWS_IAM' });
});

test.each(['', 'two words', 'quote"', 'apostrophe\'', '$util', '#set', 'back\\slash', 'line\nbreak'])('a value that Velocity could misread is refused: %j', value => {
  expect(() => Admission.header('token', value)).toThrow('Admission.header(\'token\', …) compares with letters, digits and . ~ + / = : _ - only');
});

test('the value is not told when it is refused', () => {
  expect(() => Admission.header('token', 'pass word')).not.toThrow('pass word');
});

test('a value may come from a parameter', () => {
  const { stack, endpoint } = start();
  const parameter = new CfnParameter(stack, 'Token', { noEcho: true });
  endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.header('token', parameter.valueAsString) });
  expect(requestTemplate(stack)).toEqual({ 'Fn::Join': ['', ['#if($input.params().header.get(\'token\') != "" && $input.params().header.get(\'token\') == "', { Ref: 'Token' }, '"){"statusCode":200}#{else}{"statusCode":401}#{end}']] });
});

test('origins are compared beside whatever else is', () => {
  const { stack, endpoint } = start();
  endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.header('token', 'hello').withOrigins(['https://shop.example', 'http://localhost:3000']) });
  expect(requestTemplate(stack)).toBe('#if(($input.params().header.get(\'token\') == "hello") && ($input.params().header.get(\'Origin\') == "https://shop.example" || $input.params().header.get(\'Origin\') == "http://localhost:3000")){"statusCode":200}#{else}{"statusCode":401}#{end}');
});

test('who is let in by IAM has to be in a page of an origin too, where that is asked', () => {
  const { stack, endpoint } = start();
  endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.iam().withOrigins(['https://shop.example']) });
  expect(requestTemplate(stack)).toContain('== "https://shop.example"){"statusCode":200}');
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM' });
});

test('an origin may come from a parameter, and an empty one is nobody\'s', () => {
  const { stack, endpoint } = start();
  endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.origins([new CfnParameter(stack, 'Page').valueAsString]) });
  expect(requestTemplate(stack)).toEqual({ 'Fn::Join': ['', ['#if($input.params().header.get(\'Origin\') != "" && $input.params().header.get(\'Origin\') == "', { Ref: 'Page' }, '"){"statusCode":200}#{else}{"statusCode":401}#{end}']] });
});

test.each(['https://shop.example/', 'https://Shop.example', 'shop.example', '*', 'https://*.example', 'null', '', 'https://shop.example:443', 'http://shop.example:80', 'https://a"b'])('%j is no origin', origin => {
  expect(() => Admission.origins([origin])).toThrow(`'${origin}' is no origin as browsers send it`);
});

test('nobody at all cannot be asked for', () => {
  expect(() => Admission.origins([])).toThrow('No origin is given: write it in lower case, without a path, such as https://shop.example or http://localhost:3000. [cdk-lambdaless-websockets:admissionOrigin]');
});

test('what cannot refuse anybody is not given the task', () => {
  const { endpoint } = start();
  const admission = Admission.header('token', 'hello');
  expect(() => endpoint.addRoute('$connect', new WebSocketMockIntegration('Mock'), { admission })).toThrow('use a direct integration, such as MockIntegration, or an authorizer');
  expect(() => endpoint.addRoute('$connect', new WebSocketMockIntegration('Mock'), { admission: Admission.iam().withOrigins(['https://shop.example']) })).toThrow('use a direct integration');
  expect(() => endpoint.addRoute('other', new MockIntegration('Other'), { admission })).toThrow('API Gateway asks who somebody is at $connect only');
});
