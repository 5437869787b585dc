import { run, single } from './fake-host';
import { compileStateMachine } from '../../../../local/engines/asl';

const INPUT = { 'list': [1, 2, 3, 4, 5], 'same': [1, 1, { a: 1, b: 2 }, { b: 2, a: 1 }, '1'], 'text': 'a,b;;c', 'o': { x: 1 }, 'it\'s': 'quoted', 'a,b)': 'comma', 'n': 2 };

async function call(expression: string): Promise<unknown> {
  const result = await run(single({ Type: 'Pass', Parameters: { 'v.$': expression } }), INPUT);
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return (result.output as { v: unknown }).v;
}

test.each<[string, unknown]>([
  ['States.Array()', []],
  ['States.Array(1, \'two\', true, null, $.o, -1.5e2)', [1, 'two', true, null, { x: 1 }, -150]],
  ['States.ArrayPartition($.list, 2)', [[1, 2], [3, 4], [5]]],
  ['States.ArrayContains($.same, $.same[3])', true],
  ['States.ArrayContains($.list, \'1\')', false],
  ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
  ['States.ArrayRange(0, 10, 3)', [0, 3, 6, 9]],
  ['States.ArrayGetItem($.list, 4)', 5],
  ['States.ArrayLength($.list)', 5],
  ['States.ArrayUnique($.same)', [1, { a: 1, b: 2 }, '1']],
  ['States.Base64Encode(\'Data to encode\')', 'RGF0YSB0byBlbmNvZGU='],
  ['States.Base64Decode(\'RGF0YSB0byBlbmNvZGU=\')', 'Data to encode'],
  ['States.Hash(\'input data\', \'SHA-1\')', 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
  ['States.JsonMerge($.o, States.StringToJson(\'{"x":2,"y":3}\'), false)', { x: 2, y: 3 }],
  ['States.JsonToString($.o)', '{"x":1}'],
  ['States.StringToJson(\'[1, {"a": null}]\')', [1, { a: null }]],
  ['States.MathAdd($.n, -3)', -1],
  ['States.MathRandom(1, 100)', 50],
  ['States.MathRandom(0, 1000, 42)', 727],
  ['States.StringSplit($.text, \',;\')', ['a', 'b', 'c']],
  ['States.UUID()', 'b1946ac9-0000-4000-8000-000000000000'],
  ['States.Format(\'Hello {}, {}!\', $.text, $.n)', 'Hello a,b;;c, 2!'],
  ['States.Format(\'{} {} {}\', $.o, $.list, null)', '{x=1} [1, 2, 3, 4, 5] null'],
  ['States.Format(\'It\\\'s \\{literal\\} \\\\ {}\', 1)', 'It\'s {literal} \\ 1'],
  ['States.Array($[\'a,b)\'], 1)', ['comma', 1]],
  ['States.ArrayLength($.list[?(@ > 2)])', 3],
  ['  States.Array( 1 ,2 ) ', [1, 2]],
])('%s', async (expression, expected) => {
  expect(await call(expression)).toEqual(expected);
});

test.each<[string, string]>([
  ['States.ArrayGetItem($.list, 9)', 'States.IntrinsicFailure'],
  ['States.ArrayPartition($.list, 0)', 'States.IntrinsicFailure'],
  ['States.ArrayRange(0, 100000, 1)', 'States.IntrinsicFailure'],
  ['States.ArrayRange(0, 1, 0)', 'States.IntrinsicFailure'],
  ['States.ArrayLength($.text)', 'States.IntrinsicFailure'],
  ['States.JsonMerge($.o, $.o, true)', 'States.IntrinsicFailure'],
  ['States.StringToJson(\'{\')', 'States.IntrinsicFailure'],
  ['States.Hash(\'a\', \'CRC\')', 'States.IntrinsicFailure'],
  ['States.MathAdd($.text, 1)', 'States.IntrinsicFailure'],
  ['States.MathRandom(2, 1)', 'States.IntrinsicFailure'],
  ['States.Format(\'{} {}\', 1)', 'States.IntrinsicFailure'],
  ['States.Format(\'{}\', $.nope)', 'States.Runtime'],
])('%s fails with %s', async (expression, error) => {
  await expect(call(expression)).rejects.toThrow(`${error}: An error occurred while executing the state 'S' (entered at the event id #2). The function '${expression}' had the following error: `);
});

test.each([
  'States.Nope(1)', 'States.Array(1', 'States.Array(1,)', 'States.Array(1) x', 'States.Format()', 'States.UUID(1)', 'States.Array(\'open)', 'States.Array(unquoted)', 'Array(1)', 'no path', '', '$.a[',
  `${'States.Array('.repeat(20)}1${')'.repeat(20)}`,
])('%s is refused', expression => {
  expect(() => compileStateMachine(single({ Type: 'Pass', Parameters: { 'v.$': expression } })))
    .toThrow('SCHEMA_VALIDATION_FAILED: The value for the field \'v.$\' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/v.$');
});
