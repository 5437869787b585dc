import { VtlRuntimeError, VtlSyntaxError, compileMappingTemplate, compileTemplate } from '../../../../local/engines/vtl';

describe('templates that would not end, or fill the memory, fail', () => {
  const grow = (step: string): string => `#set($s = "aaaaaaaaaa")#set($l = [1])#set($n = 10)#foreach($i in [1..1000])${step}#end`;

  test.each<[string, string]>([
    ['strings in strings', grow('#set($s = "$s$s")')],
    ['sums of strings', grow('#set($s = $s + $s)')],
    ['concat', grow('#set($s = $s.concat($s))')],
    ['replace', grow('#set($s = $s.replace("a", $s))')],
    ['replaceAll', grow('#set($s = $s.replaceAll("a", $s))')],
    ['repeat', '#set($s = "a")$s.repeat(2147483647)'],
    ['format', '#set($s = "")$s.format("%1000000000d", 1)'],
    ['addAll', grow('#set($x = $l.addAll($l))')],
    ['lists in lists, printed', `${grow('#set($l = [$l, $l])')}$l`],
    ['lists in lists, compared', `${grow('#set($l = [$l, $l])')}#set($m = $l.subList(0, 2))#if($m == [$l, $l])#end$l.hashCode()`],
    ['squares', grow('#set($n = $n * $n)')],
    ['squares of decimals', `#set($n = 99999999999999999999 * 1.5)${grow('')}#set($n = 99999999999999999999 * 1.5)#foreach($i in [1..1000])#set($n = $n * $n)#end`],
    ['ranges', '#set($r = [1..2000000000])'],
    ['loops in loops', '#foreach($i in [1..1000])#foreach($j in [1..1000])#foreach($k in [1..1000])#end#end#end'],
    ['macros that call themselves', '#macro(m)#m()#end#m()'],
    ['evaluations of themselves', '#set($e = \'#evaluate($e)\')#evaluate($e)'],
    ['maps in one another', '#set($m = {})#set($n = {"m": $m})#set($m.n = $n)$m'],
    ['evaluations of text that grows', '#set($e = \'#set($e = "$e$e")#evaluate($e)\')#evaluate($e)'],
    ['long texts gone through again and again', grow('#set($s = "$s$s")#set($x = $s.indexOf("b"))').replace('1000]', '19]').replace('#end', '#foreach($j in [1..1000])#set($x = $s.contains("b"))#end#end')],
    ['patterns on long texts', '#set($s = "aaaaaaaaaa")#foreach($i in [1..19])#set($s = $s + $s)#end#set($x = $s.replaceAll("(a|b)*c", ""))'],
    ['long lists compared', '#set($l = [1..100000])#set($m = [1..100000])#foreach($i in [1..1000])#if($l == $m)#end#end'],
    ['many statements', `#foreach($i in [1..1000])#foreach($j in [1..1000])${'#set($x = 1)'.repeat(100)}#end#end`],
    ['output', '#foreach($i in [1..1000])#foreach($j in [1..1000])0123456789abcdef#end#end'],
    ['context', '#set($l = [1])#foreach($i in [1..40])#set($l = [$l, $l])#end#set($context.l = $l)'],
  ])('%s', (_, source) => {
    expect(() => compileMappingTemplate(source).render({ body: '', context: {} })).toThrow(VtlRuntimeError);
  });

  test('a map that holds itself prints', () => {
    expect(compileTemplate('#set($m = {})#set($m.m = $m)$m#set($l = [1])#set($x = $l.add($l))$l').render({})).toBe('{m=(this Map)}[1, (this Collection)]');
  });

  test('a failure leaves nothing behind for the next rendering', () => {
    const template = compileTemplate('#define($d)$d$x.substring($n)#end$d');
    expect(() => template.render({ x: 'abc', n: 9 })).toThrow(VtlRuntimeError);
    expect(template.render({ x: 'abc', n: 1 })).toBe('$d' + 'bc' + 'bc');
  });
});

describe('templates that are too much to compile are refused', () => {
  test.each([
    ['blocks', '#if(true)'.repeat(10_000)],
    ['parentheses', `#set($a = ${'('.repeat(10_000)}`],
    ['operators', `#set($a = 1${' + 1'.repeat(10_000)})`],
    ['arguments', 'a.b($'.repeat(10_000).replace(/^/, '$')],
    ['backslashes', '\\'.repeat(300_000)],
    ['characters', 'x'.repeat(300 * 1024 + 1)],
  ])('%s', (_, source) => {
    expect(() => compileMappingTemplate(source)).toThrow(VtlSyntaxError);
  });
});

describe('hostile bodies', () => {
  test.each([
    ['arrays', '$input.path("$")', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['objects', '$input.json("$.a")', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['objects to be changed', '#set($b = $input.path("$"))#set($b.z = 1)$b', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['text that is no JSON', '$input.path("$")', `[x${'['.repeat(50_000)}`],
    ['paths', '$input.path("$..a..a..a")', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`],
  ])('nested %s fail', (_, source, body) => {
    expect(() => compileMappingTemplate(source).render({ body, context: {} })).toThrow(VtlRuntimeError);
  });

  test('a text can not make an expression of the template backtrack without end', () => {
    const body = JSON.stringify({ s: 'a'.repeat(50_000) });
    expect(compileMappingTemplate('$input.path("$.s").matches("(a+)+b")').render({ body, context: {} }).text).toBe('false');
  });

  test('a body full of keys of JavaScript\'s own is a map like any other', () => {
    const body = '{"__proto__":{"x":1},"constructor":2,"toString":3}';
    expect(compileMappingTemplate('#set($b = $input.path("$"))$b $b.constructor $b.x $b.toString() $b.get("__proto__").x').render({ body, context: {} }).text)
      .toBe('{__proto__={x=1}, constructor=2, toString=3} 2  {__proto__={x=1}, constructor=2, toString=3} 1');
    expect(compileMappingTemplate('#set($b = $input.path("$"))#set($b.y = 1)$b.keySet()').render({ body, context: {} }).text)
      .toBe('[__proto__, constructor, toString, y]');
  });
});
