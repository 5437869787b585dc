import { memberCheck } from '../../../local/wire/member-types';

const check = memberCheck({ texts: ['Name'], numbers: ['Limit'], structures: ['Part'], lists: ['Items'], maps: ['Tags'] });

test.each([
  [{ Name: 'a', Limit: 1, Part: { Name: 'b' }, Items: [{ Name: 'c' }, 'text'], Tags: { Name: 'a', other: { Name: 'd' } } }],
  [{ Unknown: { anything: [1] } }],
  [JSON.parse('{"__proto__":{"Name":5},"constructor":1}')],
])('%j is taken as it is', input => {
  const before = JSON.stringify(input);
  check(input);
  expect(JSON.stringify(input)).toBe(before);
});

test('what is null is absent, wherever it stands', () => {
  const input = { Name: null, Part: { Name: null, Limit: 1 }, Items: [{ Name: null }] };
  check(input);
  expect(input).toEqual({ Part: { Limit: 1 }, Items: [{}] });
});

test.each([
  [{ Name: 5 }, 'NUMBER_VALUE can not be converted to a String'],
  [{ Name: true }, 'TRUE_VALUE can not be converted to a String'],
  [{ Name: ['a'] }, 'Start of list found where not expected'],
  [{ Name: { toString: 'a' } }, 'Start of structure or map found where not expected.'],
  [{ Limit: '1' }, 'STRING_VALUE can not be converted to a Integer'],
  [{ Part: 'a' }, 'STRING_VALUE can not be converted to a Structure'],
  [{ Part: [] }, 'Start of list found where not expected'],
  [{ Part: { Name: {} } }, 'Start of structure or map found where not expected.'],
  [{ Items: 'a' }, 'STRING_VALUE can not be converted to a List'],
  [{ Items: [[]] }, 'Start of list found where not expected'],
  [{ Items: [null] }, 'NULL_VALUE can not be converted to a Structure'],
  [{ Items: [{ Name: 5 }] }, 'NUMBER_VALUE can not be converted to a String'],
  [{ Tags: 5 }, 'NUMBER_VALUE can not be converted to a Map'],
  [{ Tags: { any: { Name: 5 } } }, 'NUMBER_VALUE can not be converted to a String'],
])('%j is refused', (input, message) => {
  expect(() => check(input)).toThrow(expect.objectContaining({ code: 'SerializationException', status: 400, message }));
});
