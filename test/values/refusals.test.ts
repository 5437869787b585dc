import { Duration, Fn, Lazy, Token } from 'aws-cdk-lib';
import { AnswerFailure, Value } from '../../src';

class Order {}

const loop: unknown[] = [];
loop.push(loop);

test.each<[problem: string, told: string, make: () => unknown]>([
  ['valuePath', "Value.body('$..a')", () => Value.body('$..a')],
  ['valuePath', "Value.body('a')", () => Value.body('a')],
  ['valuePath', "Value.body('$.a[*]')", () => Value.body('$.a[*]')],
  ['valuePath', "Value.body('$.__proto__.a')", () => Value.body('$.__proto__.a')],
  ['valuePath', "Value.answer('$.a[1000]')", () => Value.answer('$.a[1000]')],
  ['valuePath', "Value.body('$.a')[')", () => Value.body("$.a')[")],
  ['valueName', "Value.header('X-Token')", () => Value.header("X-Token')")],
  ['valueName', "Value.queryString('')", () => Value.queryString('')],
  ['valueName', "Value.context('identity.1')", () => Value.context('identity.1')],
  ['valueName', "Value.context('$context.stage')", () => Value.context('$context.stage')],
  ['valueName', "Value.claim('a']b')", () => Value.claim("a']b")],
  ['valueName', "Value.stageVariable('1a')", () => Value.stageVariable('1a')],
  ['valueFormatPlaces', '2 places {} for 1 values', () => Value.format('{} and {}', Value.connectionId())],
  ['valueType', 'Value.body()', () => Value.connectionId().asNumber()],
  ['valueOptional', 'optional', () => Value.literal('a').optional()],
  ['valueOptional', 'default', () => Value.body('$.a').withDefault(1).withDefault(2)],
  ['attributeType', 'attribute a', () => Value.dynamoDbAttributes({ a: Value.body('$.a') })],
  ['attributeType', 'attribute a', () => Value.dynamoDbAttributes({ a: Value.workflowOutput() })],
  ['base64', 'Value.base64()', () => Value.base64(Value.object({ a: Value.body('$.a') }))],
  ['base64', 'Value.base64()', () => Value.base64(Value.literal(Fn.ref('Parameter')))],
  ['base64', 'Value.base64()', () => Value.base64(Value.literal({ a: [1, Fn.ref('Parameter')] }))],
  ['unknownDuration', 'Value.expiresAfter()', () => Value.expiresAfter(Duration.seconds(Lazy.number({ produce: () => 1 })))],
  ['literal', 'not undefined', () => Value.literal(undefined)],
  ['literal', 'the number NaN', () => Value.literal({ a: [NaN] })],
  ['literal', 'the number Infinity', () => Value.body('$.a').withDefault(Infinity)],
  ['literal', 'a function', () => Value.literal(() => 1)],
  ['literal', 'a bigint', () => Value.literal(1n)],
  ['literal', 'the class Date', () => Value.literal({ at: new Date(0) })],
  ['literal', 'the class Order', () => Value.literal([new Order()])],
  ['literal', 'contains itself', () => Value.literal(loop)],
  ['literal', 'half of a character', () => Value.literal('\ud800')],
  ['literal', 'half of a character', () => Value.format('\udc00{}', Value.connectionId())],
  ['literal', 'half of a character', () => Value.literal({ '\ud800': 1 })],
  ['literal', 'a list that is not known yet', () => Value.literal({ a: Token.asList(Lazy.list({ produce: () => ['a'] })) })],
  ['literal', 'a list that is not known yet', () => Value.literal(Fn.split(',', Fn.ref('Parameter')))],
  ['literal', 'an object that is not known yet', () => Value.literal({ a: Lazy.any({ produce: () => 1 }) })],
  ['answerFailureText', "'it\"s'", () => AnswerFailure.unlessEquals('$.status', 'it"s')],
  ['answerPath', "'status'", () => AnswerFailure.whenPositive('status')],
  ['answerPath', "'$..a'", () => AnswerFailure.unlessEquals('$.status', 'OK', { error: '$..a' })],
])('%s tells of %s', (problem, told, make) => {
  expect(make).toThrow(told);
  expect(make).toThrow(`[cdk-lambdaless-websockets:${problem}]`);
});

test('what looks like a prototype is a name like any other', () => {
  expect(() => [Value.body('$.constructor.prototype'), Value.claim('__proto__'), Value.header('constructor'), Value.literal(JSON.parse('{"__proto__":1}'))]).not.toThrow();
});
