import { compileTargetInput, InvalidTargetInputError, TargetInputProperties } from '../../../../local/engines/input-transformer';

const rule = { name: 'my-rule', arn: 'arn:aws:events:us-east-1:123456789012:rule/my-bus/my-rule', ingestionTime: '2024-06-11T08:33:00Z' };

const event = {
  'version': '0',
  'id': '11111111-2222-4333-8444-555555555555',
  'detail-type': 'type',
  'source': 'my.source',
  'resources': ['r1', 'r2'],
  'detail': { name: 'n', count: 3, flag: true, nothing: null, list: ['HIGH', 1], object: { a: 'x', b: [2] }, quoted: 'say "hi"\n', rooms: [{ id: 1 }, { id: 2 }, {}] },
};

const paths = {
  'name': '$.detail.name',
  'count': '$.detail.count',
  'flag': '$.detail.flag',
  'nothing': '$.detail.nothing',
  'list': '$.detail.list',
  'object': '$.detail.object',
  'quoted': '$.detail.quoted',
  'missing': '$.detail.missing',
  'detail-type': '$.detail-type',
};

function render(target: TargetInputProperties): string | undefined {
  return compileTargetInput(target).render(event, rule);
}

function transform(InputTemplate: string): string | undefined {
  return render({ InputTransformer: { InputPathsMap: paths, InputTemplate } });
}

function refusal(target: TargetInputProperties): string {
  try {
    compileTargetInput({ Id: 't1', ...target });
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidTargetInputError);
    return (error as Error).message;
  }
  throw new Error('accepted');
}

test('without anything, the whole event is handed over', () => {
  expect(JSON.parse(render({})!)).toEqual(event);
});

test('Input is handed over as it is written', () => {
  expect(render({ Input: ' { "a" : 1.0 }\n' })).toBe(' { "a" : 1.0 }\n');
  expect(render({ Input: '"text"' })).toBe('"text"');
});

describe('InputPath', () => {
  test.each<[string, unknown]>([
    ['$', event],
    ['$.detail-type', 'type'],
    ['$.detail.object', { a: 'x', b: [2] }],
    ['$.detail.list[1]', 1],
    ['$.detail.rooms[0].id', 1],
    ['$.detail.rooms[*].id', [1, 2]],
    ['$.detail.object.*', ['x', [2]]],
    ['$.resources[*]', ['r1', 'r2']],
    ['$.detail.rooms[*].nope', []],
    ['$.detail.nope.deeper', null],
    ['$.detail.list.length', null],
    ['$.detail.list[9]', null],
    ['$.detail[0]', null],
    ['$.source.length', null],
    ['$.constructor', null],
    ['$.__proto__', null],
  ])('%s', (InputPath, expected) => {
    expect(JSON.parse(render({ InputPath })!)).toEqual(expected);
  });

  test.each(['', 'detail', '.detail', '$detail', '$.', '$..detail', "$.detail['name']", '$.detail["name"]', '$[name]', '$.a[', '$.a[-1]', '$.a[0:1]', '$.a[?(@.b)]', '$.a b'])(
    '%s is refused', InputPath => {
      expect(refusal({ InputPath })).toBe('InputPath for target t1 is invalid.');
      expect(refusal({ InputTransformer: { InputPathsMap: { a: InputPath }, InputTemplate: '<a>' } })).toBe('InputPath for target t1 is invalid.');
    });
});

describe('a template of an object', () => {
  test.each<[string, unknown]>([
    ['{"a": <name>}', { a: 'n' }],
    ['{"a": "<name>"}', { a: 'n' }],
    ['{"a": "x/<name>/<count>/<name>"}', { a: 'x/n/3/n' }],
    ['{"a": <count>, "b": <flag>, "c": <nothing>}', { a: 3, b: true, c: null }],
    ['{"a": "<count> <flag> <nothing>"}', { a: '3 true null' }],
    ['{"a": <list>, "b": [<object>, "fixed"]}', { a: ['HIGH', 1], b: [{ a: 'x', b: [2] }, 'fixed'] }],
    ['{"a": <missing>, "b": "<missing>"}', { a: '', b: '' }],
    ['{"a": <quoted>}', { a: 'say "hi"\n' }],
    ['{"a": "is \\"<name>\\" there"}', { a: 'is "n" there' }],
    ['{"a\\\\": "<name>", "b": <name>}', { 'a\\': 'n', 'b': 'n' }],
    ['{"a": "1 < 2 > 1", "b": <count>}', { a: '1 < 2 > 1', b: 3 }],
    ['\n {"a": <detail-type>}\n', { a: 'type' }],
    ['{"arn": <aws.events.rule-arn>, "n": "<aws.events.rule-name>"}', { arn: rule.arn, n: rule.name }],
    ['{"t": <aws.events.event.ingestion-time>}', { t: rule.ingestionTime }],
    ['{"e": <aws.events.event.json>}', { e: event }],
    ['{"e": <aws.events.event>}', { e: { version: '0', id: event.id, detailType: 'type', source: 'my.source', resources: ['r1', 'r2'] } }],
  ])('%s', (template, expected) => {
    expect(JSON.parse(transform(template)!)).toEqual(expected);
  });

  test.each([
    '{"a": "<object>"}',
    '{"a": "<list>"}',
    '{"a": "<quoted>"}',
    '{"a": "<aws.events.event.json>"}',
  ])('%s is not delivered, because its text is no JSON', template => {
    expect(transform(template)).toBeUndefined();
  });

  test('keeps the blanks of the template', () => {
    expect(transform('{ "a" : <name> }\n')).toBe('{ "a" : "n" }\n');
  });
});

describe('a template of a string', () => {
  test.each([
    ['"<name> <count> <flag>"', '"n 3 true"'],
    ['"<list> <object>"', '"[HIGH,1] {a:x,b:[2]}"'],
    ['"a <missing> b"', '"a  b"'],
    ['"first <name>"\n"second <count>"', '"first n"\n"second 3"'],
    ['"{[/ <detail-type>"', '"{[/ type"'],
    ['"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"', `"${rule.arn} ${rule.name} ${rule.ingestionTime}"`],
    ['"rule"', '"rule"'],
    ['<name>', '"n"'],
    ['[<name>, <count>]', '["n", 3]'],
  ])('%s', (template, expected) => {
    expect(transform(template)).toBe(expected);
  });
});

describe('what PutTargets refuses', () => {
  test.each<[TargetInputProperties, string]>([
    [{ Input: '{}', InputPath: '$' }, 'Only one of Input, InputPath, or InputTransformer must be provided for target t1.'],
    [{ InputPath: '$', InputTransformer: { InputTemplate: '"a"' } }, 'Only one of Input, InputPath, or InputTransformer must be provided for target t1.'],
    [{ Input: "{'a':1}" }, 'JSON syntax error in input for target t1: [Source: (String)"{\'a\':1}"; line: 1, column: 2]'],
    [{ Input: 'word' }, 'JSON syntax error in input for target t1: [Source: (String)"word"; line: 1, column: 5]'],
    [{ Input: '' }, 'JSON syntax error in input for target t1: [Source: (String)""; line: 1, column: 1]'],
    [{ Input: '{"a":"b' }, 'JSON syntax error in input for target t1: [Source: (String)"{"a":"b"; line: 1, column: 8]'],
    [{ Input: '{} {}' }, 'JSON syntax error in input for target t1: [Source: (String)"{} {}"; line: 1, column: 5]'],
    [{ InputTransformer: { InputTemplate: '"<unknown>"' } }, 'InputTemplate for target t1 contains invalid placeholder unknown.'],
    [{ InputTransformer: { InputTemplate: '{"a": <aws.events.nothing>}' } }, 'InputTemplate for target t1 contains invalid placeholder aws.events.nothing.'],
    [{ InputTransformer: { InputTemplate: '"<toString>"' } }, 'InputTemplate for target t1 contains invalid placeholder toString.'],
    [{ InputTransformer: { InputTemplate: '"<aws.events.event.json>"' } },
      'InputTemplate for target t1 contains placeholder aws.events.event.json valid only for JSON template.'],
    [{ InputTransformer: { InputTemplate: '[<aws.events.event.json>]' } },
      'InputTemplate for target t1 contains placeholder aws.events.event.json valid only for JSON template.'],
    [{ InputTransformer: { InputPathsMap: { a: '$' }, InputTemplate: '{<a>: 1}' } },
      'Invalid InputTemplate for target t1 : [Source: (String)"{null: 1}"; line: 1, column: 2].'],
    [{ InputTransformer: { InputPathsMap: { a: '$' }, InputTemplate: '<a> is here' } },
      'Invalid InputTemplate for target t1 : [Source: (String)"null is here"; line: 1, column: 8].'],
    [{ InputTransformer: { InputTemplate: '{"a": 1' } }, 'Invalid InputTemplate for target t1 : [Source: (String)"{"a": 1"; line: 1, column: 8].'],
    [{ InputTransformer: {} as never },
      "1 validation error detected: Value null at 'inputTransformer.inputTemplate' failed to satisfy constraint: Member must not be null"],
    [{ InputTransformer: { InputTemplate: '' } },
      "1 validation error detected: Value at 'inputTransformer.inputTemplate' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    [{ InputTransformer: { InputTemplate: `"${'x'.repeat(8191)}"` } },
      "1 validation error detected: Value at 'inputTransformer.inputTemplate' failed to satisfy constraint: Member must have length less than or equal to 8192"],
    [{ InputPath: `$.${'x'.repeat(255)}` },
      "1 validation error detected: Value at 'inputPath' failed to satisfy constraint: Member must have length less than or equal to 256"],
    [{ InputTransformer: { InputPathsMap: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, '$'])), InputTemplate: '"a"' } },
      "1 validation error detected: Value at 'inputTransformer.inputPathsMap' failed to satisfy constraint: Member must have length less than or equal to 100"],
  ])('%j', (target, message) => {
    expect(refusal(target)).toBe(message);
  });

  test.each(['aws.events.rule-name', 'a b', '', 'x'.repeat(257)])('the variable name %j', name => {
    expect(refusal({ InputTransformer: { InputPathsMap: { [name]: '$' }, InputTemplate: '"a"' } })).toMatch(
      /^1 validation error detected: Value at 'inputTransformer\.inputPathsMap' failed to satisfy constraint: Map keys must satisfy constraint: /);
  });

  test('a hundred variables are accepted, also names that begin with AWS and names of Object.prototype', () => {
    const names = [...Array.from({ length: 98 }, (_, index) => `v${index}`), 'AWSname', '__proto__'];
    const InputPathsMap = JSON.parse(`{${names.map(name => `"${name}": "$.source"`).join()}}`) as Record<string, string>;
    expect(render({ InputTransformer: { InputPathsMap, InputTemplate: '"<AWSname> <__proto__> <v97>"' } })).toBe('"my.source my.source my.source"');
  });

  test('a target without an id is still named in the message', () => {
    expect(() => compileTargetInput({ Input: '{}', InputPath: '$' })).toThrow('must be provided for target <target-id>.');
  });
});

test('an event with a member __proto__ does not reach the prototype', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": 1}, "detail": {}}') as object;
  const text = compileTargetInput({ InputTransformer: { InputTemplate: '{"e": <aws.events.event>}' } }).render(hostile, rule);
  expect(text).toBe('{"e": {"__proto__":{"polluted":1}}}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('an event that a template would blow up, or that has no text, is not delivered', () => {
  const large = { detail: 'x'.repeat(200_000) };
  const InputTransformer = { InputPathsMap: { x: '$.detail' }, InputTemplate: `"${'<x>'.repeat(2_700)}"` };
  expect(compileTargetInput({ InputTransformer }).render(large, rule)).toBeUndefined();
  const deep = JSON.parse(`${'{"detail":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as object;
  for (const target of [{}, { InputPath: '$.detail' }, { InputTransformer: { InputTemplate: '{"e": <aws.events.event.json>}' } }]) {
    expect(compileTargetInput({ ...target }).render(deep, rule)).toBeUndefined();
  }
});
