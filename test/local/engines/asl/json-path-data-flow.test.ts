import { FakeHost, TASK, run, single } from './fake-host';

const INPUT = { a: { b: 1 }, list: [1, 2, 3], text: 'hello', none: null };

describe('Pass', () => {
  test.each<[string, object, unknown]>([
    ['hands on its input', {}, INPUT],
    ['InputPath', { InputPath: '$.a' }, { b: 1 }],
    ['InputPath null', { InputPath: null }, {}],
    ['OutputPath', { OutputPath: '$.a.b' }, 1],
    ['OutputPath null', { OutputPath: null }, {}],
    ['InputPath of the context object', { InputPath: '$$.Execution.Name' }, 'run'],
    ['Result', { Result: { 'x.$': '$.a' } }, { 'x.$': '$.a' }],
    ['Result under a ResultPath', { Result: 7, ResultPath: '$.a.c' }, { ...INPUT, a: { b: 1, c: 7 } }],
    ['a ResultPath that makes its way', { Result: 7, ResultPath: '$.new[\'x y\'].deep' }, { ...INPUT, new: { 'x y': { deep: 7 } } }],
    ['a ResultPath into an array', { Result: 7, ResultPath: '$.list[1]' }, { ...INPUT, list: [1, 7, 3] }],
    ['ResultPath null', { Result: 7, ResultPath: null }, INPUT],
    ['ResultPath combines with the raw input', { InputPath: '$.a', ResultPath: '$.x' }, { ...INPUT, x: { b: 1 } }],
    ['Parameters', { Parameters: { 'b.$': '$.a.b', 'same': '$.a.b', 'list': [{ 'x.$': '$.text' }], 'n.$': '$.none' } }, { b: 1, same: '$.a.b', list: [{ x: 'hello' }], n: null }],
    ['Parameters after InputPath', { InputPath: '$.a', Parameters: { 'all.$': '$', 'input.$': '$$.Execution.Input.text' } }, { all: { b: 1 }, input: 'hello' }],
    ['an indefinite path', { Parameters: { 'v.$': '$.list[*]', 'w.$': '$.nothing[*].x' } }, { v: [1, 2, 3], w: [] }],
    ['the context object', { Parameters: { 's.$': '$$.State' } }, { s: { Name: 'S', EnteredTime: '2026-01-01T00:00:00.000Z' } }],
  ])('%s', async (_, fields, expected) => {
    expect(await run(single({ Type: 'Pass', ...fields }), INPUT)).toEqual({ status: 'SUCCEEDED', output: expected });
  });

  test.each<[string, object, string, string]>([
    ['a missing member', { Parameters: { 'v.$': '$.no.way' } }, 'States.Runtime', `The JSONPath '$.no.way' specified for the field 'v.$' could not be found in the input '${JSON.stringify(INPUT)}'`],
    ['a missing input', { InputPath: '$.no' }, 'States.Runtime', 'Invalid path \'$.no\' : No results for path: $[\'no\']'],
    ['a missing way to the output', { OutputPath: '$.no.way' }, 'States.Runtime', 'Invalid path \'$.no.way\' : Missing property in path $[\'no\']'],
    ['a ResultPath through a text', { Result: 1, ResultPath: '$.text.x' }, 'States.ResultPathMatchFailure', 'Unable to apply ReferencePath $.text.x to input'],
    ['a ResultPath beyond an array', { Result: 1, ResultPath: '$.list[9]' }, 'States.ResultPathMatchFailure', 'Unable to apply ReferencePath $.list[9] to input'],
    ['a variable that nobody assigned', { Parameters: { 'v.$': '$ghost' } }, 'States.Runtime', 'The JSONPath \'$ghost\' specified for the field \'v.$\' could not be found'],
  ])('fails on %s', async (_, fields, error, cause) => {
    const result = await run(single({ Type: 'Pass', ...fields }), INPUT);
    expect(result).toMatchObject({ status: 'FAILED', error });
    expect(result.cause).toContain(`An error occurred while executing the state 'S' (entered at the event id #2). ${cause}`);
  });

  test('the input itself is never changed', async () => {
    const input = { a: { b: [1] } };
    await run(single({ Type: 'Pass', Result: 2, ResultPath: '$.a.b[0]' }), input);
    expect(input).toEqual({ a: { b: [1] } });
  });
});

test('a Task: the whole way of its data', async () => {
  const host = new FakeHost(() => ({ status: 200, body: { ok: true }, extra: 1 }));
  const state = {
    ...TASK,
    InputPath: '$.a',
    Parameters: { 'arg.$': '$.b' },
    ResultSelector: { 'ok.$': '$.body.ok', 'input.$': '$$.Execution.Input.text' },
    ResultPath: '$.result',
    OutputPath: '$.result',
    Assign: { 'raw.$': '$.extra' },
    Next: 'T',
  };
  const definition = { StartAt: 'S', States: { S: state, T: { Type: 'Pass', Parameters: { 'in.$': '$', 'raw.$': '$raw' }, End: true } } };
  expect((await run(definition, INPUT, { host })).output).toEqual({ in: { ok: true, input: 'hello' }, raw: 1 });
  expect(host.requests[0].arguments).toEqual({ arg: 1 });
});

test('variables: inner scopes read outer ones and keep their own', async () => {
  const definition = {
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Assign: { 'outer.$': '$.text', 'list': [1, 2] }, Next: 'M' },
      M: {
        Type: 'Map',
        ItemsPath: '$list',
        ItemProcessor: {
          StartAt: 'I',
          States: {
            I: { Type: 'Pass', Assign: { 'mine.$': '$' }, Next: 'J' },
            J: { Type: 'Pass', Parameters: { 'all.$': 'States.Format(\'{}-{}\', $outer, $mine)' }, End: true },
          },
        },
        Next: 'Z',
      },
      Z: { Type: 'Choice', Choices: [{ Variable: '$mine', IsPresent: true, Next: 'F' }], Default: 'Y' },
      F: { Type: 'Fail' },
      Y: { Type: 'Succeed' },
    },
  };
  expect(await run(definition, INPUT)).toEqual({ status: 'SUCCEEDED', output: [{ all: 'hello-1' }, { all: 'hello-2' }] });
});

test('names from data can not reach a prototype', async () => {
  const input = JSON.parse('{"__proto__":{"polluted":1},"x":{"__proto__":{"polluted":2}}}') as object;
  const definition = {
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Parameters: { '__proto__.$': '$.x', 'y.$': '$[\'__proto__\']' }, ResultPath: '$[\'__proto__\'].z', Next: 'B' },
      B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"__proto__": $states.input, "c": $states.input.constructor = 1} %}', End: true },
    },
  };
  const { status, output } = await run(definition, input);
  expect(status).toBe('SUCCEEDED');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.keys(output as object)).toEqual(['__proto__', 'c']);
});
