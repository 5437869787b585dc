import { compileJsonSchema, InvalidJsonSchemaError } from '../../../../local/engines/json-schema';

const ADDRESS = 'https://example.com/models/a';
const compile = (schema: unknown, others: Record<string, unknown> = {}) =>
  compileJsonSchema(ADDRESS, new Map([[ADDRESS, schema], ...Object.entries(others).map(([name, other]) => [`https://example.com/models/${name}`, other] as const)]));
const violations = (schema: unknown, text: string, others?: Record<string, unknown>) => compile(schema, others).violations(text);

describe('what is against a schema', () => {
  test.each<[schema: object, text: string, violations: unknown]>([
    [{}, '1', []],
    [{ type: 'object' }, '[]', ['instance type (array) does not match any allowed primitive type (allowed: ["object"])']],
    [{ type: 'integer' }, '1.5', ['instance type (number) does not match any allowed primitive type (allowed: ["integer"])']],
    [{ type: 'integer' }, '1.0', []],
    [{ type: ['number', 'null'] }, '"1"', ['instance type (string) does not match any allowed primitive type (allowed: ["integer","null","number"])']],
    [{ properties: { 'a/b~c é%2F': { items: { type: 'string' } } } }, '{"a/b~c é%2F":["x",null]}', ['instance type (null) does not match any allowed primitive type (allowed: ["string"])']],
    [{ required: ['b', 'a', 'c'] }, '{"c":1}', ['object has missing required properties (["a","b"])']],
    [{ properties: { deep: { required: ['say "x".'] } } }, '{"deep":{}}', ['object has missing required properties (["say \\"x\\"."])']],
    [{ additionalProperties: false, properties: { a: {} } }, '{"a":1,"b":2}', [expect.stringMatching(/^#: .*"b"/)]],
    [{ maximum: 3, exclusiveMaximum: true }, '3', [expect.stringMatching(/^#: /)]],
    [{ maximum: 3 }, '3', []],
    [{ properties: { a: { pattern: '^\\d+$' } } }, '{"a":"1x"}', ['#/a: String does not match pattern.']],
    [{ properties: { a: { minLength: 2 } } }, '{"a":"😀"}', [expect.stringMatching(/^#\/a: String is too short/)]],
    [{ uniqueItems: true }, '[{"a":1,"b":2},{"b":2,"a":1}]', [expect.stringMatching(/Duplicate/)]],
    [{ dependencies: { a: ['b'] } }, '{"a":1}', [expect.anything()]],
    [{ oneOf: [{ type: 'integer' }, { minimum: 2 }] }, '3', [expect.anything()]],
    [{ not: { type: 'string' } }, '"a"', [expect.anything()]],
    [{ enum: [{ a: 1 }] }, '{"a":2}', [expect.anything()]],
    [{ format: 'ipv4' }, '"1.2.3"', ['#: String does not match format "ipv4".']],
    [{ format: 'uuid' }, '"of no draft 4"', []],
    [{ definitions: { x: { type: 'string' } }, properties: { a: { $ref: '#/definitions/x' } } }, '{"a":1}', [expect.stringMatching(/^instance type \(integer\)/)]],
  ])('%j, %s', (schema, text, expected) => expect(violations(schema, text)).toEqual(expected));

  test('may be in a schema that it refers to, whose own references are its own', () => {
    const other = { id: 'https://example.com/elsewhere', definitions: { x: { type: 'string' } }, properties: { a: { $ref: '#/definitions/x' } } };
    const schema = { definitions: { x: { type: 'integer' } }, items: { $ref: 'https://example.com/models/other' } };
    expect(violations(schema, '[{"a":"x"}]', { other })).toEqual([]);
    expect(violations(schema, '[{"a":1}]', { other })).toHaveLength(1);
  });

  test('leaves the schema as it was', () => {
    const schema = Object.freeze({ properties: Object.freeze({ a: Object.freeze({ format: 'uuid' }) }) });
    compile(schema);
    compile(schema);
    expect(JSON.stringify(schema)).toBe('{"properties":{"a":{"format":"uuid"}}}');
  });
});

describe('a hostile text', () => {
  test.each<[schema: unknown, text: string, count: number]>([
    [{ required: ['toString', 'constructor'] }, '{}', 1],
    [{ properties: { constructor: { type: 'string' } } }, '{}', 0],
    [{ properties: { constructor: { type: 'string' } } }, '{"constructor":1}', 1],
    [JSON.parse('{"required":["__proto__"],"properties":{"__proto__":{"type":"string"}}}'), '{}', 1],
    [JSON.parse('{"required":["__proto__"],"properties":{"__proto__":{"type":"string"}}}'), '{"__proto__":"x"}', 0],
    [JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'), '{"__proto__":{"a":1}}', 1],
    [{ required: ['admin'] }, '{"__proto__":{"admin":true}}', 1],
    [{ additionalProperties: false }, '{"__proto__":1}', 1],
  ])('has only the members that it has: %j, %s', (schema, text, count) => expect(violations(schema, text)).toHaveLength(count));

  test('may be nested deeper than a schema that looks into all of it can follow', () => {
    const deep = '['.repeat(60_000) + ']'.repeat(60_000);
    expect(violations({ type: 'array' }, deep)).toEqual([]);
    expect(violations({ type: 'object' }, deep)).toHaveLength(1);
    expect(() => violations({ items: { $ref: '#' } }, deep)).toThrow(RangeError);
  });

  test('has no more items to compare than can be compared at once', () => {
    const items = (count: number) => JSON.stringify({ a: Array.from({ length: count }, (_, index) => [index]) });
    const schema = { properties: { a: { uniqueItems: true } } };
    expect(violations(schema, items(999))).toEqual([]);
    expect(() => violations(schema, items(1001))).toThrow('does not check that so many items are unique');
    expect(violations({}, items(1001))).toEqual([]);
  });

  test('may have names that are no Unicode', () => {
    expect(() => violations({ additionalProperties: { type: 'string' } }, '{"\\ud800":1}')).toThrow(URIError);
  });

  test('that is no JSON is none', () => expect(() => violations({}, '{')).toThrow(SyntaxError));
});

describe('what is no schema', () => {
  test.each<[schema: unknown, message: RegExp]>([
    [undefined, /./],
    ['text', /instance type \(string\)/],
    [[], /instance type \(array\)/],
    [{ type: 'strnig' }, /#\/type: /],
    [{ required: [] }, /#\/required: /],
    [{ required: true }, /./],
    [{ enum: ['A', 'A'] }, /Duplicate/],
    [{ exclusiveMinimum: 3 }, /./],
    [{ properties: { a: { items: { minLength: -1 } } } }, /#\/properties\/a\/items\/minLength/],
    [{ properties: { a: { items: 3 } } }, /./],
    [{ pattern: '(' }, /cannot evaluate a pattern: Invalid regular expression/],
    [{ patternProperties: { '[': {} } }, /cannot evaluate a pattern/],
    [{ $ref: '#/definitions/nope' }, /the reference #\/definitions\/nope leads nowhere/],
    [{ items: { $ref: 'https://example.com/models/nope' } }, /leads nowhere/],
  ])('%j', (schema, message) => {
    expect(() => compile(schema)).toThrow(InvalidJsonSchemaError);
    expect(() => compile(schema)).toThrow(message);
  });

  test('has keywords of later drafts', () => {
    expect(() => compile({ $id: 'x', properties: { const: { const: 1 }, b: { if: {}, const: 2 } } })).toThrow(expect.objectContaining({ unsupportedKeywords: ['$id', 'const', 'if'] }));
  });
});
