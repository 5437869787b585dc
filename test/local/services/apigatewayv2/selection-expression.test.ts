import { NO_PARAMETERS } from '../../../../local/services/apigatewayv2/client-parameters';
import { Exchange } from '../../../../local/services/apigatewayv2/pipeline/exchange';
import { compileSelectionExpression, unescapeKey } from '../../../../local/services/apigatewayv2/selection-expression';
import { VariableSource } from '../../../../local/services/apigatewayv2/variables';

const ALL: VariableSource[] = ['request.body', 'request.parameters', 'integration.response', 'context', 'stageVariables'];

function evaluate(expression: string, body: string, response?: { status: number; headers: Record<string, string>; body: string }): string {
  const exchange = new Exchange({
    place: { apiId: 'a', domainName: 'a.execute-api', stage: 'live', stageVariables: { colour: 'green' } },
    eventType: 'MESSAGE',
    connection: { id: 'c', connectedAt: 0, sourceIp: '127.0.0.1', userAgent: undefined },
    requestId: 'r',
    time: 0,
    body,
    parameters: NO_PARAMETERS,
  });
  exchange.context = { routeKey: 'go', identity: { sourceIp: '127.0.0.1' } };
  return compileSelectionExpression(expression, ALL).evaluate(exchange, response);
}

const MESSAGE = '{"service":"chat","action":"join","version":2,"data":{"room":"room1234","a-b":"c"},"list":["item1","item2",[1,null]],"yes":true,"none":null,"half":0.5}';

test.each([
  // The documentation's own table.
  ['$request.body.action', 'join'],
  ['${request.body.action}', 'join'],
  ['${request.body.service}/${request.body.action}', 'chat/join'],
  ['${request.body.action}-${request.body.invalidPath}', 'join-'],
  ['action', 'action'],
  ['\\$default', '$default'],
  // Its prose.
  ['${request.body.version}-beta', '2-beta'],
  ['$request.body.list', '[item1, item2, [1, ]]'],
  ['$request.body.data.room', 'room1234'],
  ['$request.body.data', '{room=room1234, a-b=c}'],
  ['$request.body.data.a-b', 'c'],
  ["$request.body['data']['a-b']", 'c'],
  ['$request.body.list[1]', 'item2'],
  ['$request.body.list[-1][0]', '1'],
  ['$request.body.yes $request.body.half', 'true 0.5'],
  ['$request.body.none', ''],
  ['$request.body.nope.deeper', ''],
  ['$request.body.action.length', ''],
  ['$request.body.__proto__', ''],
  ['$request.body.constructor', ''],
  ['\\${request.body.action}', '${request.body.action}'],
  ['$', '$'],
  ['a$1', 'a$1'],
  ['', ''],
  ['$stageVariables.colour', 'green'],
  ['$stageVariables.toString', ''],
  ['$context.routeKey $context.identity.sourceIp', 'go 127.0.0.1'],
])('%s is %j', (expression, expected) => {
  expect(evaluate(expression, MESSAGE)).toBe(expected);
});

test('what a variable holds is not evaluated again', () => {
  expect(evaluate('$request.body.a', '{"a":"$request.body.b \\\\$default","b":"wrong"}')).toBe('$request.body.b \\$default');
});

test.each(['no json', '', '[1', 'null', '1', '"text"', '['.repeat(100_000)])('a message such as %.20j has no fields', body => {
  expect(evaluate('$request.body.action', body)).toBe('');
});

test('a value that is nested without end does not end the runtime', () => {
  const depth = 20_000;
  expect(evaluate('$request.body.a', `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`).startsWith('[[[')).toBe(true);
});

test('the answer of an integration', () => {
  const response = { status: 404, headers: { 'x-kind': 'a' }, body: '{"errorMessage":"no"}' };
  expect(evaluate('$integration.response.statuscode', MESSAGE, response)).toBe('404');
  expect(evaluate('${integration.response.header.X-Kind}!', MESSAGE, response)).toBe('a!');
  expect(evaluate('$integration.response.multivalueheader.x-kind', MESSAGE, response)).toBe('a');
  expect(evaluate('$integration.response.body.errorMessage', MESSAGE, response)).toBe('no');
  expect(evaluate('$integration.response.header.nope$integration.response.body.nope', MESSAGE, response)).toBe('');
});

test.each([
  ['$request.boddy.action', ALL],
  ['$request.bodyguard', ALL],
  ['$request', ALL],
  ['${}', ALL],
  ['$integration.response.colour', ALL],
  ['$context.routeKey', ['request.body']],
  ['$integration.response.statuscode', ['request.body']],
] as Array<[string, VariableSource[]]>)('%s is refused, and named', (expression, allowed) => {
  expect(() => compileSelectionExpression(expression, allowed)).toThrow(/API Gateway has no variable ".*" here/);
});

test.each([['$default', '$default'], ['\\$default', '$default'], ['/2\\d\\d/', '/2\\d\\d/']])('the key %s means %s', (key, meaning) => {
  expect(unescapeKey(key)).toBe(meaning);
});
