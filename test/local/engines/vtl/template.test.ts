import { VtlRuntimeError, compileTemplate } from '../../../../local/engines/vtl';

function render(source: string, variables: Record<string, unknown> = {}): string {
  return compileTemplate(source).render(variables);
}

describe('references', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['$a ${a} $!a $!{a}', { a: 1 }, '1 1 1 1'],
    ['$a ${a} $!a $!{a}|', {}, '$a ${a}  |'],
    ['$a.b.c $a["b"].c $a.get("b").c', { a: { b: { c: 'x' } } }, 'x x x'],
    ['$a.b.nope $!a.b.nope|', { a: { b: {} } }, '$a.b.nope |'],
    ['$a[0]$a[-1]$a.get(1)', { a: [1, 2, 3] }, '132'],
    ['$a.b. End $a.', { a: { b: 1 } }, '1. End {b=1}.'],
    ['${a}b $a-b', { 'a': 1, 'a-b': 2 }, '1b 2'],
    ['\\$a \\\\$a \\$nope \\\\$nope', { a: 1 }, '$a \\1 \\$nope \\\\$nope'],
    ['$$a #$a', { a: 1 }, '$1 #1'],
    ['$5 $ $-', {}, '$5 $ $-'],
    ['$a.class.name $b.class.simpleName $c.class', { a: 'x', b: 1, c: [] }, 'java.lang.String Integer class java.util.ArrayList'],
    ['$a.empty $b.empty', { a: '', b: [1] }, 'true false'],
  ])('%s', (source, variables, expected) => {
    expect(render(source, variables)).toBe(expected);
  });

  test('what a host object inherits is no property', () => {
    expect(render('$a.constructor $a.toString $a.hasOwnProperty("x") $b.length $b.constructor', { a: {}, b: [] }))
      .toBe('$a.constructor $a.toString $a.hasOwnProperty("x") $b.length $b.constructor');
    expect(render('$constructor $toString $a.valueOf', { a: { valueOf: 5 } })).toBe('$constructor $toString 5');
  });
});

describe('#set', () => {
  test.each<[string, string]>([
    ['#set($a = "x")$a', 'x'],
    ['#set($a = 1)#set($a = $nope)$a', '1'],
    ['#set($m = {})#set($m.a = 1)#set($m["b"] = 2)#set($m.c.d = 3)$m', '{a=1, b=2}'],
    ['#set($l = [1, 2])#set($l[0] = 9)#set($l[-1] = 8)$l', '[9, 8]'],
    ['#set($s = "$x.y#if(true)T#end")$s', '$x.yT'],
    ['#set($s = \'$x#if\')$s', '$x#if'],
    ['#set($s = "a""b")#set($t = \'a\'\'b\')$s$t', 'a"ba\'b'],
    ['#set($s = "A##B")[$s]', '[A]'],
    ['A##B\nC', 'AC'],
    ['  #set($a = 1)  \n$a', '1'],
    ['x  #set($a = 1)\n$a', 'x  1'],
  ])('%j', (source, expected) => {
    expect(render(source)).toBe(expected);
  });
});

describe('arithmetic is Java\'s', () => {
  test.each<[string, string]>([
    ['7 / 2', '3'], ['-7 / 2', '-3'], ['-7 % 3', '-1'], ['7.0 / 2', '3.5'], ['1.5 * 2', '3.0'], ['0.1 + 0.2', '0.30000000000000004'],
    ['2147483647 + 1', '2147483648'], ['9223372036854775807 + 1', '9223372036854775808'], ['-9223372036854775807 - 2', '-9223372036854775809'],
    ['3000000000 - 2999999999', '1'], ['99999999999999999999 / 7', '14285714285714285714'], ['-99999999999999999999 % 7', '6'],
    ['99999999999999999999 * 1.5', '149999999999999999998.5'], ['1e3', '1000.0'], ['1e7', '1.0E7'], ['0.0001', '1.0E-4'], ['1.5e300 * 1e300', 'Infinity'],
    ['"a" + 1 + 2', 'a12'], ['1 + 2 + "a"', '3a'], ['[1] + "a"', '[1]a'], ['2 * 3 + 4', '10'], ['2 * (3 + 4)', '14'], ['-0.0', '-0.0'], ['0 * -1', '0'],
  ])('%s is %s', (expression, expected) => {
    expect(render(`#set($x = ${expression})$x`)).toBe(expected);
  });

  test.each(['5 / 0', '5 % 0', '1 + $nope', '[1] + [2]', 'true + 1', '"a" * 2'])('%s has no result', (expression) => {
    expect(render(`#set($x = ${expression})$!x`)).toBe('');
  });

  test('a Long that is small is still no Integer', () => {
    expect(render('#set($i = $now % 3)$i.class.simpleName $list.get($i)', { now: 1795000000000, list: [1, 2, 3] })).toBe('Long $list.get($i)');
  });
});

describe('conditions', () => {
  test.each<[string, boolean]>([
    ['$text', true], ['$zero', true], ['$no', false], ['$nope', false], ['!$nope', true], ['"text"', false], ['1', false], ['[]', false], ['true', true],
    ['1 == 1.0', true], ['7 == "7"', true], ['[1, 2] == [1, 2]', true], ['[1] == [1.0]', false], ['{"a": 1} == {"a": 1}', true], ['$nope == $null', true],
    ['$text == ""', true], ['$nope == ""', false], ['"b" > "a"', false], ['2 > 1', true], ['2 gt 1 and 1 lt 2', true], ['1 ge 2 or 1 le 1', true],
    ['not ($zero eq 0)', false], ['$zero != 0', false], ['$nope < 1', false], ['true && false || true', true], ['"true" == true', true],
  ])('%s', (condition, expected) => {
    expect(render(`#if(${condition})yes#{else}no#end`, { text: '', zero: 0, no: false })).toBe(expected ? 'yes' : 'no');
  });
});

describe('#foreach', () => {
  test.each<[string, string]>([
    ['#foreach($i in [1..3])$i#if($foreach.hasNext),#end#end', '1,2,3'],
    ['#foreach($i in [3..1])$foreach.index$foreach.count$velocityCount$i #end', '0113 1222 2331 '],
    ['#foreach($i in {"a": 1, "b": 2})$i#end', '12'],
    ['#foreach($e in $map.entrySet())$e.key=$e.value;#end', 'x=1;y=2;'],
    ['#foreach($i in $nope)x#end#foreach($i in "text")x#end', ''],
    ['#set($i = "o")#foreach($i in [1])$i#end$i', '1o'],
    ['#foreach($i in [1])#end$i', '$i'],
    ['#foreach($i in [1, $nope, 3])[$i]#end', '[1][$i][3]'],
    ['#foreach($i in [1..3])#foreach($j in [1..2])$foreach.parent.count$foreach.count #end#end', '11 12 21 22 31 32 '],
    ['#foreach($i in [1..3])$i#if($i == 2)#break#end;#end.', '1;2.'],
    ['#foreach($i in [1..3])#foreach($j in [1..3])$j#if($j == 2)#break($foreach.parent)#end#end#end.', '12.'],
    ['#foreach($i in [1..3])$i#if($i == 2)#stop#end#end.', '12'],
    ['#foreach($i in [1..2])#set($foreach.x = $i)$foreach.x#end', '12'],
    ['#foreach($i in [1..3])$foreach.first$foreach.last #end', 'truefalse falsefalse falsetrue '],
  ])('%s', (source, expected) => {
    expect(render(source, { map: { x: 1, y: 2 } })).toBe(expected);
  });

  test('does not go on with a collection that has changed', () => {
    expect(() => render('#foreach($i in $list)#set($x = $list.add(1))#end', { list: [1, 2] })).toThrow(VtlRuntimeError);
    expect(() => render('#foreach($i in $map.keySet())#set($map.z = 1)#end', { map: { a: 1, b: 2 } })).toThrow(VtlRuntimeError);
  });
});

describe('macros and blocks', () => {
  test.each<[string, string]>([
    ['#macro(m $a $b)[$a|$!b]#end#m(1 2)#m("x")', '[1|2][x|]'],
    ['#m(1)#macro(m $a)<$a>#end', '<1>'],
    ['#macro(m $a)$a#end#m($nope)', '$nope'],
    ['#macro(m $a)$a$a#end#m("$x#set($x = 2)")', '12'],
    ['#macro(m $a)#set($a = "new")$a#end#set($v = "old")#m($v)$v$a', 'newoldnew'],
    ['#nosuch(1)\n#fff', '#nosuch(1)\n#fff'],
    ['#macro(m)[$bodyContent]#end#@m()body $x#end', '[body 1]'],
    ['#macro(m)x#break y#end#m()z', 'xz'],
    ['#macro(m)1#end#macro(m)2#end#m()', '2'],
    ['#define($d)<$x>#end$d#set($x = 2)$d', '<1><2>'],
    ['#define($d)$d!#end$d', '$d!!'],
    ['#evaluate("#set($y = 5)")$y#evaluate(\'$x$z\')', '51Z'],
    ['a#evaluate(\'b#stop c\')d', 'abd'],
    ['a#evaluate("b#stop c")d', 'a'],
    ['#evaluate("#macro(late)L#end")#late()', 'L'],
    ['#literal()$x #foo#end', '$x #foo'],
    ['#[[$x #if]]#', '$x #if'],
    ['\\#if \\\\#if(true)y#end \\#nope', '#if \\y \\#nope'],
  ])('%j', (source, expected) => {
    expect(render(source, { x: 1, z: 'Z' })).toBe(expected);
  });

  test('what is defined in one rendering is unknown to the next', () => {
    const template = compileTemplate('#late()#evaluate($text)#late()');
    expect(template.render({ text: '#macro(late)L#end' })).toBe('#late()L');
    expect(template.render({ text: '' })).toBe('#late()#late()');
  });

  test('files are not available', () => {
    expect(() => render('#parse("other.vm")')).toThrow('#parse is not available');
    expect(() => render('#include("other.txt")')).toThrow('#include is not available');
  });
});

describe('methods', () => {
  test.each<[string, string]>([
    ['$s.length() $s.toUpperCase() $s.substring(1, 3) $s.indexOf("l") $s.contains("ell")', '5 HELLO el 2 true'],
    ['$s.replace("l", "L") $s.replaceAll("([el])l", "<$1>") $s.matches("h.*o")', 'heLLo h<e>lo true'],
    ['$s.split("l").size() $s.split("l")[0] $s.split("l", 2)[1]', '3 he lo'],
    ['$s.equalsIgnoreCase("HELLO") $s.compareTo("help") $s.hashCode()', 'true -4 99162322'],
    ['$s.charAt(1)$s.charAt(4) $s.trim().isEmpty()', 'eo false'],
    ['$s.format("%05d|%-4s|%.2f|%x", 42, "a", 2.345, 255)', '00042|a   |2.35|ff'],
    ['$l.size() $l.contains("two") $l.indexOf("two") $l.subList(0, 1) $l.isEmpty()', '3 true 1 [1] false'],
    ['$!l.add("x")$!l.remove(0)$!l.remove("two")$l', 'true1true[[a], x]'],
    ['$l.addAll(["p"])$l.size()$l.clear()$l', 'true4[]'],
    ['$m.keySet() $m.values() $m.entrySet() $m.size() $m.containsKey("b")', '[a, b] [1, {c=2}] [a=1, b={c=2}] 2 true'],
    ['$!m.put("a", 9)$m.a$!m.remove("a")$m $m.getOrDefault("z", 5)', '199{b={c=2}} 5'],
    ['$n.intValue() $n.doubleValue() $n.toString().length() $n.equals(5)', '5 5.0 1 true'],
    ['$s.substring("x") $l.get("x") $s.nope() $n.nope', '$s.substring("x") $l.get("x") $s.nope() $n.nope'],
  ])('%s', (source, expected) => {
    expect(render(source, { s: 'hello', l: [1, 'two', ['a']], m: { a: 1, b: { c: 2 } }, n: 5 })).toBe(expected);
  });

  test.each([
    '$s.replaceFirst("l", "$")', '$s.substring(99)', '$s.charAt(-1)', '$l.get(9)', '$l.subList(2, 1)', '$s.concat($nope)', '$s.matches("(")', '$s.format("%d", "a")', '$s.format("%s")',
    '$s.compareTo(1)', '$n.parseInt("x")', '#set($i = $l.iterator())$i.next()$i.next()', '$s[-1]',
  ])('%s fails', (source) => {
    expect(() => render(source, { s: 'hello', l: [1], n: 5 })).toThrow(VtlRuntimeError);
  });

  test('maps tell 1 from "1", and keep their keys in order', () => {
    expect(render('#set($m = {"10": "a", 10: "b", "2": "c"})$m.get(10)$m.get("10") $m', {})).toBe('ba {10=a, 10=b, 2=c}');
    expect(render('#set($m = {[1]: "a"})$m.get([1])')).toBe('a');
  });
});

test('the variables that are passed in do not change', () => {
  const variables = { list: [1], map: { a: 1 } };
  render('#set($x = $list.add(2))#set($map.b = 2)$!map.remove("a")', variables);
  expect(variables).toEqual({ list: [1], map: { a: 1 } });
});
