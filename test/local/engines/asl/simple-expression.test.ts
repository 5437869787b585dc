import jsonata from 'jsonata';
import { JsonataExpression } from '../../../../local/engines/asl/jsonata/jsonata-expression';
import { compileSimple } from '../../../../local/engines/asl/jsonata/simple-expression';
import { TOO_COMPLEX } from '../../../../local/engines/asl/jsonata/too-complex';

type Visit = Parameters<NonNullable<ReturnType<typeof compileSimple>>>[0];

const VALUES: unknown[] = [
  undefined, null, true, false, 0, 1, -1.5, 1e308, '', 'a', 'b', '1', [], ['a'], ['a', 'b'], [[1]], [{ a: 1 }], {}, { a: 1 }, { a: { b: 'x' } }, { a: [{ b: 1 }, { b: 2 }] }, { a: null }, '2026-01-02T03:04:05.678Z', { time: '1969-12-31T23:59:59.999Z' }, '2026-13-45T03:04:05.678Z',
];

const EXPRESSIONS = [
  '$x', '$x.a', '$x.a.b', '$states.input', '$states.input.a', '$states.input.a.b', '$states.result.a',
  '$x = $y', '$x != $y', '$x < $y', '$x <= $y', '$x > $y', '$x >= $y', '$x + $y', '$x - $y', '$x * $y', '$x / $y', '$x & $y', '$x.a = 1', '$x & "-" & $states.input.a',
  '$x and $y', '$x or $y', '$x ? $y : "else"', '$x = "a" ? 1 : 2', '$x ? $y', '{"x": $x, "y": $y.a}', '{"x": {"y": $y}}', '{}', '"literal"', '12', 'null', 'true',
  '$x ? $sum($y) : 1', '$x = 1 ? 2 : $sum($y)', '$toMillis($x)', '$toMillis($states.input.time) + 1', '$toMillis($y) > 1 ? $x',
  '$floor($x)', '$string($x)', '$string($floor($x * 7 + 0.25)) & $y', '$string($x * 123456789012)', '$string($floor($x / 1000))', '$exists($x.a)', '$exists($states.input.a.b)', '$lookup($x, "b")', '$exists($lookup($x, $y)) ? $sum($y) : $x',
];

function visitWith(input: unknown, x: unknown, y: unknown): Visit {
  const variables: Record<string, unknown> = { x, y };
  return { input, branch: { variables: { read: (name: string) => variables[name] } } } as unknown as Visit;
}

/** JSON, with a sign for "nothing at all". */
function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

test.each(EXPRESSIONS)('%s means what JSONata means by it', async expression => {
  const compiled = jsonata(expression);
  const simple = compileSimple(compiled.ast());
  expect(simple).toBeDefined();
  let compared = 0;
  for (const x of VALUES) {
    for (const y of VALUES) {
      const value = simple!(visitWith(y, x, y));
      if (value === TOO_COMPLEX) continue;
      compared++;
      const expected: unknown = await compiled.evaluate(undefined, { states: { input: y }, ...(x !== undefined && { x }), ...(y !== undefined && { y }) });
      expect(`${text(x)}, ${text(y)}: ${text(value)}`).toBe(`${text(x)}, ${text(y)}: ${text(expected)}`);
    }
  }
  expect(compared).toBeGreaterThan(0);
});

test.each([
  '$x[0]', '$x.a[b = 1]', '$x.*', '$x.**', '$x.a[]', '$x^(a)', '$x.a@$b.c', '$x{a: b}', '$sum($x)', '$states', '$x.(a)', '[$x]', '-$x', '$x % $y', '$x in $y', '($x)', '$x ~> $sum',
  'function($a){$a}', '$x := 1', '{"a": 1, "a": 2}', '{$x: 1}', '{"_jsonata_function": true}', '$states.nothing', '/a/', '$', '$millis(1)', '$toMillis($x, $y)', '$string($x, true)', '$floor()', '$exists()', '$lookup($x)', '$lookup($x, "a", 1)', '$exists([$x])', '$toMillis(?)', '$x ? $sum($y) : [$x]', '$sum($x) ? 1 : 2', '$x.millis()',
])('%s is left to JSONata', expression => {
  expect(compileSimple(jsonata(expression).ast())).toBeUndefined();
});

test('the time is the host\'s, unless a variable has the name', () => {
  const simple = compileSimple(jsonata('$millis() - 1').ast())!;
  const visit = (variables: Record<string, unknown>) => (
    { host: { now: () => 7 }, branch: { variables: { read: (name: string) => variables[name] } } } as unknown as Visit
  );
  expect(simple(visit({}))).toBe(6);
  expect(simple(visit({ millis: 1 }))).toBe(TOO_COMPLEX);
});

test('what is asked for with every page of subscribers needs no JSONata until it is late', () => {
  const simple = compileSimple(jsonata('$millis() - $toMillis($began) > 45000 ? $error("late") : $string($floor($millis() / 1000))').ast())!;
  const at = (now: number) => simple({ host: { now: () => now }, branch: { variables: { read: (name: string) => name === 'began' ? '1970-01-01T00:00:00.000Z' : undefined } } } as unknown as Visit);
  expect(at(44_999)).toBe('44');
  expect(at(45_001)).toBe(TOO_COMPLEX);
});

test('names on the prototype of data are not there', async () => {
  const expression = new JsonataExpression('$states.input.constructor');
  await expect(async () => expression.evaluate({ ...visitWith({}, 1, 1), host: {} } as Visit, 'Output')).rejects.toThrow('returned nothing');
});
