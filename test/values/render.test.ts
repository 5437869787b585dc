import { Value } from '../../src';
import { renderForm, renderJson } from '../../src/values/render';

const render = (value: Value) => renderJson(value._node);

test('a field in JSON is its own JSON', () => {
  expect(render(Value.object({ text: Value.body('$.text') }))).toBe('{"text":$input.json(\'$.text\')}');
});

test('a field inside a string is escaped for every string that it is in', () => {
  expect(render(Value.format('order#{}.', Value.body('$.id').asString())))
    .toBe('"order\\u0023${util.escapeJavaScript($input.path(\'$.id\')).replaceAll("\\\\\'","\'")}."');
  expect(render(Value.jsonText(Value.object({ id: Value.body('$.id') }))))
    .toBe('"{\\"id\\":$util.escapeJavaScript($input.json(\'$.id\')).replaceAll("\\\\\'","\'")}"');
});

test('what API Gateway makes itself is not escaped in JSON, and encoded in a form', () => {
  expect(render(Value.connectionId())).toBe('"$context.connectionId"');
  expect(renderForm([['Id', Value.connectionId()._node], ['At', Value.requestTime()._node]])).toBe('Id=$util.urlEncode($context.connectionId)&At=$context.requestTimeEpoch');
});

test('no character of a literal means anything to Velocity', () => {
  expect(render(Value.literal('$context.stage #set \\ "'))).toBe('"\\u0024context.stage \\u0023set \\u005c \\""');
});

test('commas stand only between members that are there', () => {
  const field = (name: string) => Value.body(`$.${name}`).optional();
  const has = (name: string) => `$input.path('$').containsKey('${name}') == true && ($input.path('$.${name}') != "" || $input.path('$.${name}').length() == 0) && $input.json('$.${name}') != "null"`;
  expect(render(Value.object({ a: field('a'), b: Value.literal(1), c: field('c') })))
    .toBe(`{#if(${has('a')})"a":$input.json('$.a'),#{end}"b":1#if(${has('c')}),"c":$input.json('$.c')#{end}}`);
  expect(render(Value.list(field('a'), field('b'))))
    .toBe(`[#if(${has('a')})$input.json('$.a')#{end}#if(${has('b')})#if((${has('a')})),#{end}$input.json('$.b')#{end}]`);
});
