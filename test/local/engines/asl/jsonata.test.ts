import { FakeHost, evaluate, run, single } from './fake-host';
import { compileStateMachine } from '../../../../local/engines/asl';

const INPUT = { name: 'Ada', count: 3, list: [1, 2, 3], one: ['only'], none: [], nested: { flag: true, nothing: null }, items: [{ id: 'a', n: 1 }, { id: 'b', n: 2 }] };

describe('values of expressions', () => {
  test.each<[string, unknown]>([
    ['$states.input.name', 'Ada'],
    ['$states.input.nested.nothing', null],
    ['$states.input.list', [1, 2, 3]],
    ['$states.input.one', ['only']],
    ['$states.input.none', []],
    ['$states.input.items.id', ['a', 'b']],
    ['$states.input.items[n = 2].id', 'b'],
    ['$states.input.items[n > 0].id[0]', ['a', 'b']],
    ['$states.input.items[0].id', 'a'],
    ['$states.input.name & "!" & $states.input.count', 'Ada!3'],
    ['$states.input.count + 1 > 3 and $states.input.nested.flag', true],
    ['$states.input.missing = "x"', false],
    ['{"a": $states.input.name, "gone": $states.input.missing}', { a: 'Ada' }],
    ['[$states.input.one]', ['only']],
    ['1/0', 'Infinity'],
    ['[1/0]', ['Infinity']],
    ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([0], 4.9)', [[0]]],
    ['$range(0, 10, 3)', [0, 3, 6, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 9, 9)', 1],
    ['$hash("input data", "SHA-256")', 'b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3'],
    ['$hash("input data", "MD5")', '812f45842bc6d66ee14572ce20db8e86'],
    ['$random(42)', 0.7275636800328681],
    ['$random()', 0.5],
    ['$parse("{\\"a\\":[1]}").a', [1]],
    ['$uuid()', 'b1946ac9-0000-4000-8000-000000000000'],
    ['$millis()', Date.parse('2026-01-01T00:00:00Z')],
    ['$now()', '2026-01-01T00:00:00.000Z'],
    ['$now("[Y0001]")', '2026'],
    ['$states.context.Execution.Name', 'run'],
    ['$keys($states.context)', ['Execution', 'StateMachine', 'State']],
    ['$states.context.State.Name', 'S'],
  ])('%s', async (expression, expected) => {
    expect(JSON.parse(JSON.stringify(await evaluate(expression, INPUT)))).toEqual(expected);
  });

  test('sequences leave no trace that another expression could see', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { ids: '{% [$states.input.items.id] %}', wrapped: { ids: '{% $states.input.items.id %}' } }, Next: 'B' },
        B: { Type: 'Pass', Output: '{% {"ids": $ids, "wrapped": $wrapped, "again": $append($wrapped.ids, [])} %}', End: true },
      },
    };
    expect((await run(definition, INPUT)).output).toEqual({ ids: ['a', 'b'], wrapped: { ids: ['a', 'b'] }, again: ['a', 'b'] });
    for (const expression of ['$states.input.items.id', '$states.input.items.[id, n]', '[$states.input.name].[$]', '$states.input.list[]']) {
      const value = await evaluate(expression, INPUT) as unknown[];
      expect(Object.getOwnPropertyNames(value)).toEqual([...value.keys(), 'length'].map(String));
    }
  });

  test('only strings that are delimiters and expression and nothing else are expressions', async () => {
    const output = { 'spaced': ' {% 1 %}', 'open': '{% 1', 'path': '$.a', 'call': 'States.UUID()', 'key.$': '$.a', 'real': '{%1%}', 'inside': ['{% 2 %}', { deep: '{% 3 %}' }] };
    const result = await run(single({ Type: 'Pass', Output: output }, 'JSONata'));
    expect(result.output).toEqual({ ...output, real: 1, inside: [2, { deep: 3 }] });
  });
});

describe('failures', () => {
  test.each<[string, string]>([
    ['$nothing', 'The JSONata expression \'$nothing\' specified for the field \'Output\' returned nothing (undefined).'],
    ['$states.input.missing', 'The JSONata expression \'$states.input.missing\' specified for the field \'Output\' returned nothing (undefined).'],
    ['$states.result', 'The JSONata expression \'$states.result\' specified for the field \'Output\' returned nothing (undefined).'],
    ['$range(1, 0, 1)', 'The JSONata expression \'$range(1, 0, 1)\' specified for the field \'Output\' returned nothing (undefined).'],
    ['function($x){$x}', 'The JSONata expression \'function($x){$x}\' specified for the field \'Output\' returned an unsupported result type.'],
    ['{"f": [$sum]}', 'The JSONata expression \'{"f": [$sum]}\' specified for the field \'Output\' returned an unsupported result type.'],
    ['/ab/', 'The JSONata expression \'/ab/\' specified for the field \'Output\' returned an unsupported result type.'],
    ['$eval("1+1")', 'The JSONata expression \'$eval("1+1")\' specified for the field \'Output\' threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    ['$sum(["a"])', 'threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"'],
    ['$states.input.name + 1', 'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number'],
    ['$parse("{")', 'threw an error during evaluation'],
    ['$hash("a", "CRC")', 'threw an error during evaluation'],
    ['$range(0, 100000, 1)', 'threw an error during evaluation'],
  ])('%s', async (expression, expected) => {
    await expect(evaluate(expression, INPUT)).rejects.toThrow(expected);
    await expect(evaluate(expression, INPUT)).rejects.toThrow('States.QueryEvaluationError: An error occurred while executing the state \'S\' (entered at the event id #2). The JSONata');
  });

  test.each<[string, string]>([
    ['($f := function($x){ $f($x + 1) }; $f(1))', ': Expression evaluation timeout: Check for infinite loop'],
    ['($f := function($x){ 1 + $f($x + 1) }; $f(1))', ': Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.'],
    [Array(200).fill(1).join('+'), ': Stack overflow error'],
    ['$sum([1..900000])', ': Expression evaluation memory limit exceeded: Check for excessive memory usage'],
    ['[1..9999999999]', ': Expression evaluation memory limit exceeded: Check for excessive memory usage'],
  ])('an evaluation without bounds ends: %s', async (expression, expected) => {
    await expect(evaluate(expression)).rejects.toThrow(`threw an error during evaluation${expected}`);
  });

  test('the place of the expression is part of the message and of the history', async () => {
    const host = new FakeHost();
    const definition = single({ Type: 'Task', Resource: 'arn:aws:states:::x:y', Arguments: { list: [1, { deep: '{% $nothing %}' }] } }, 'JSONata');
    const result = await run(definition, {}, { host });
    expect(result.cause).toContain('specified for the field \'Arguments/list[1]/deep\' returned nothing');
    expect(host.events[2]).toMatchObject({
      type: 'EvaluationFailed',
      details: { error: 'States.QueryEvaluationError', cause: result.cause, location: 'Arguments/list[1]/deep', state: 'S' },
    });
  });

  test.each<[string, object, string]>([
    ['a Wait of text', { Type: 'Wait', Seconds: '{% "5" %}' }, 'specified for the field \'Seconds\' returned an unexpected result type. Expected \'number\', but was \'string\' for value: "5"'],
    ['a negative Wait', { Type: 'Wait', Seconds: '{% -1 %}' }, 'Seconds must be between 0 and 99999999 but was: -1'],
    ['a Wait until nonsense', { Type: 'Wait', Timestamp: '{% "soon" %}' }, 'ISO-8601'],
    ['a condition that is no boolean', { Type: 'Parallel', Branches: [{ StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'E' }] }, E: { Type: 'Succeed' } } }] }, 'specified for the field \'Choices[0]/Condition\' returned an unexpected result type. Expected \'boolean\', but was \'number\' for value: 1'],
    ['items that are no array', { Type: 'Map', Items: '{% {} %}', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } } }, 'specified for the field \'Items\' returned an unexpected result type. Expected \'array\', but was \'object\' for value: {}'],
    ['an error that is no text', { Type: 'Fail', Error: '{% 404 %}' }, 'specified for the field \'Error\' returned an unexpected result type. Expected \'string\', but was \'number\' for value: 404'],
  ])('%s', async (_, state, expected) => {
    expect(await run(single(state, 'JSONata'))).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause: expect.stringContaining(expected) as string });
  });
});

describe('expressions that are refused when the state machine is created', () => {
  test.each<[string, string]>([
    ['1 +', 'INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output'],
    ['"unterminated', 'INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote at /States/S/Output'],
    ['phone', 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to \'phone\' at the top level is not supported. at /States/S/Output'],
    ['$sum(items.price)', 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to \'items\' at the top level is not supported. at /States/S/Output'],
    ['{"a": b}', 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to \'b\' at the top level'],
    ['$.a', 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to \'$\' at the top level'],
    ['$$', 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to \'$$\' at the top level'],
    ['$states.input.a ?? 1', 'INVALID_JSONATA_EXPRESSION: The symbol "?" cannot be used as a unary operator'],
    ['$states.input.a ?: 1', 'INVALID_JSONATA_EXPRESSION: The symbol ":" cannot be used as a unary operator'],
  ])('%s', (expression, expected) => {
    expect(() => compileStateMachine(single({ Type: 'Pass', Output: `{% ${expression} %}` }, 'JSONata'))).toThrow(expected);
  });

  test.each([
    '$states.input.items[price > 5].{"p": price}',
    '$map($states.input.items, function($v, $i) { $v.price * $i })',
    '$states.input.items^(>price)[0]',
    '$states.input ~> |items|{"price": price + 1}|',
    '($x := $states.input.a; $x.b.c)',
    '$states.input.a ? 1 : 2',
    '$exists($states.input.a) ? $states.input.a : "none"',
    '$states.input.items.($sum(price))',
    '$states.input.items{category: $sum(price)}',
  ])('but not %s', expression => {
    expect(() => compileStateMachine(single({ Type: 'Pass', Output: `{% ${expression} %}` }, 'JSONata'))).not.toThrow();
  });
});

describe('states', () => {
  test('Output does not see what Assign of the same state assigns', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { x: '{% $x + 1 %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
        C: { Type: 'Pass', Output: ['{% $states.input %}', '{% $x %}', '{% $y %}'], End: true },
      },
    };
    expect((await run(definition)).output).toEqual([1, 2, 1]);
  });

  test('a Choice rule has its own Output and Assign, the state\'s are for the default', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'C',
      States: {
        C: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.a = 1 %}', Next: 'E', Output: 'rule', Assign: { by: 'rule' } }, { Condition: '{% $states.input.a = 2 %}', Next: 'E' }],
          Default: 'E',
          Output: 'default',
          Assign: { by: 'default' },
        },
        E: { Type: 'Pass', Output: ['{% $states.input %}', '{% $exists($by) ? $by : null %}'], End: true },
      },
    };
    expect((await run(definition, { a: 1 })).output).toEqual(['rule', 'rule']);
    expect((await run(definition, { a: 2 })).output).toEqual([{ a: 2 }, null]);
    expect((await run(definition, { a: 3 })).output).toEqual(['default', 'default']);
  });

  test('a Task has Arguments, a result and an Output', async () => {
    const host = new FakeHost(() => ({ answer: 42 }));
    const state = { Type: 'Task', Resource: 'arn:aws:states:::a:b', Arguments: { q: '{% $states.input.q %}' }, Output: { result: '{% $states.result.answer %}', input: '{% $states.input.q %}' } };
    expect((await run(single(state, 'JSONata'), { q: 'why' }, { host })).output).toEqual({ result: 42, input: 'why' });
    expect(host.requests[0]).toMatchObject({ resource: 'arn:aws:states:::a:b', arguments: { q: 'why' }, stateName: 'S' });
  });
});

describe('expressions that would take long', () => {
  const backtracking = `"${'a'.repeat(60)}!"`;

  test.each<[string, unknown]>([
    [`$contains(${backtracking}, /^(a+)+$/)`, false],
    [`$count($match(${backtracking}, /(a|aa)+b/))`, 0],
    [`$replace(${backtracking}, /(a+)+!/, "b")`, 'b'],
    [`$match(${backtracking} & "x", /(a*)*(!)(x)/).groups`, ['a'.repeat(60), '!', 'x']],
    [`$count($split(${backtracking}, /(a+)+b/))`, 1],
  ])('%s', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  describe('have seconds of the clock, and then as many of the processor each', () => {
    const expression = '$reduce([1..200], function($sum, $number) { $sum + $number })';
    let looks: number;
    let alone: number;
    /** The processor's milliseconds for one evaluation, of which every look at the clock takes its part. */
    let needed: number;

    beforeEach(async () => {
      looks = 0;
      alone = Infinity;
      needed = 0;
      jest.spyOn(Date, 'now').mockImplementation(() => 10_000 * ++looks);
      jest.spyOn(process, 'cpuUsage').mockImplementation(begun => ({ user: (looks / alone) * needed * 1000 - (begun?.user ?? 0), system: 0 }));
      await evaluate(expression);
      alone = looks;
    });
    afterEach(() => jest.restoreAllMocks());

    test('however long it lasts by the clock', async () => {
      needed = 4500;
      expect(await evaluate(expression)).toBe(20_100);
      needed = 5500;
      await expect(evaluate(expression)).rejects.toThrow('Expression evaluation timeout: Check for infinite loop');
    });

    test('even at the same time', async () => {
      needed = 4500;
      expect(await Promise.all(Array.from({ length: 5 }, () => evaluate(expression)))).toEqual(Array(5).fill(20_100));
    });
  });

  test('do not keep others waiting when they fail', async () => {
    const results = await Promise.allSettled(['$error("no")', '1 + $sum([1, 2])', '$parse("{")', '$sum([3, 4]) + 1'].map(expression => evaluate(expression)));
    expect(results.map(result => result.status === 'fulfilled' ? result.value : 'failed')).toEqual(['failed', 4, 'failed', 8]);
  });

  test('an input of many different values', async () => {
    const input = Array.from({ length: 30_000 }, (_, a) => ({ a }));
    expect(await evaluate('$count($distinct($states.input))', input)).toBe(30_000);
  });

  test('equal values are one, whatever the order of their members', async () => {
    expect(await evaluate('$distinct([{"a": 1, "b": [2]}, {"b": [2], "a": 1}, 1, "1", null, 1])')).toEqual([{ a: 1, b: [2] }, 1, '1', null]);
    expect(await evaluate('$distinct([1, 1])')).toEqual([1]);
    expect(await evaluate('$distinct([{"a": 1}, {"a": 1}].a)')).toBe(1);
  });
});
