import * as fc from 'fast-check';
import { compileMappingTemplate } from '../../local/engines/vtl';
import { Value } from '../../src';
import { renderJson } from '../../src/values/render';

const element = Value.object({
  whole: Value.element(),
  json: Value.element('$.json'),
  text: Value.element('$.text').optional(),
  number: Value.element('$.count.N').asNumber(),
  label: Value.format('it\'s "{}"', Value.element('$.label').asString().withDefault('#none')),
  first: Value.element('$.list[0]').withDefault(['$none']),
});
const template = compileMappingTemplate(renderJson(Value.object({
  items: Value.each('$.Items', element), again: Value.jsonText(Value.each('$.Items', Value.element('$.json'))), count: Value.answer('$.Count'),
})._node));
/** The list within a string is read as well: JSON may be escaped in several ways. */
const render = (answer: unknown) => {
  const { again, ...rest } = JSON.parse(template.render({ body: JSON.stringify(answer), context: {} }).text);
  return { ...rest, again: JSON.parse(again) };
};

test('each element becomes what the author meant, and nothing else', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '\'', '$input.body', '#set($a = 1)', '\u2028', '${foreach.index}'))
    .filter(value => !value.includes('\u007f'));
  const value = fc.jsonValue({ maxDepth: 3 }).filter(json => json !== '' && !JSON.stringify(json).includes('\u007f'));
  const item = fc.record({
    json: value, text: fc.option(text), count: fc.record({ N: fc.integer().map(String) }), label: text, list: fc.array(value, { maxLength: 2 }),
  }, { requiredKeys: [] });
  fc.assert(fc.property(fc.array(item, { maxLength: 5 }), items => {
    const sent = JSON.parse(JSON.stringify(items)) as any[];
    expect(render({ Items: sent, Count: sent.length })).toEqual({
      items: sent.map(each => ({
        whole: each,
        json: each.json ?? null,
        ...typeof each.text === 'string' && { text: each.text },
        number: each.count ? Number(each.count.N) : null,
        label: `it's "${each.label ?? '#none'}"`,
        first: each.list?.[0] ?? ['$none'],
      })),
      again: sent.map(each => each.json ?? null),
      count: sent.length,
    });
  }), { numRuns: 300 });
});

test('a list that is missing, or none, has no elements', () => {
  expect(render({})).toEqual({ items: [], again: [], count: null });
  expect(render({ Items: null })).toEqual({ items: [], again: [], count: null });
});

test('an object that is optional is there as a whole or not at all', () => {
  const key = Value.dynamoDbAttributes({ pk: Value.connectionId(), sk: Value.body('$.after').asString() }).optional();
  const request = compileMappingTemplate(renderJson(Value.object({ TableName: Value.literal('t'), ExclusiveStartKey: key })._node));
  const rendered = (message: object) => JSON.parse(request.render({ body: JSON.stringify(message), context: { connectionId: 'c=' } }).text);
  expect(rendered({ after: '"' })).toEqual({ TableName: 't', ExclusiveStartKey: { pk: { S: 'c=' }, sk: { S: '"' } } });
  expect(rendered({})).toEqual({ TableName: 't' });
  expect(rendered({ after: null })).toEqual({ TableName: 't' });
});
