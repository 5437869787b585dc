import { compilePipeInput, pipeParameter } from '../../../../local/engines/input-transformer';

const PIPE = { arn: 'arn:pipe', name: 'changes', source: 'arn:source', target: 'arn:target', ingestionTime: '2026-01-02T03:04:05.000Z' };
const EVENT = { body: { id: 7, name: 'Ann', tags: ['a', 'b'], deep: { x: null } }, messageId: 'm1' };
const render = (template: string | undefined) => compilePipeInput(template).render(EVENT, PIPE);

test.each<[string | undefined, unknown]>([
  [undefined, EVENT],
  ['', EVENT],
  ['<$.body>', EVENT.body],
  ['<$.body.tags[1]>', 'b'],
  ['<$.body.tags[*]>', ['a', 'b']],
  ['{"id":<$.body.id>,"name":<$.body.name>,"again":"<$.body.name>"}', { id: 7, name: 'Ann', again: 'Ann' }],
  ['{"missing":<$.body.nothing>,"null":<$.body.deep.x>}', { missing: '', null: null }],
  ['{"pipe":<aws.pipes.pipe-name>,"at":"<aws.pipes.event.ingestion-time>","from":<aws.pipes.source-arn>,"event":<aws.pipes.event.json>}', { pipe: 'changes', at: PIPE.ingestionTime, from: 'arn:source', event: EVENT }],
  ['Hello, <$.body.name>!', 'Hello, "Ann"!'],
  ['"Hello, <$.body.name>!"', 'Hello, Ann!'],
  ['{"rule":"<aws.events.rule-name>"}', { rule: '<aws.events.rule-name>' }],
])('%s', (template, expected) => {
  expect(render(template)).toEqual(expected);
});

test.each([
  ['<$.body[?(@.id)]>', /neither a JSON path nor a variable of pipes: <\$\.body\[\?\(@\.id\)\]>/],
  ['<aws.pipes.secret>', /<aws\.pipes\.secret>/],
  ['<aws.pipes.constructor>', /<aws\.pipes\.constructor>/],

])('refuses %s', (template, message) => {
  expect(() => compilePipeInput(template)).toThrow(message);
});

test.each([['text', 'text'], ['$.messageId', 'm1'], ['$.body.id', '7'], ['$.body.tags', '["a","b"]'], ['$.nothing', undefined], ['$5 off', '$5 off']])('the parameter %s is %s', (value, expected) => {
  expect(pipeParameter(value, EVENT)).toBe(expected);
});

test('refuses a template that is too long', () => {
  expect(() => compilePipeInput('x'.repeat(8193))).toThrow('InputTemplate is longer than 8192 characters.');
});
