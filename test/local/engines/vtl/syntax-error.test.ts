import { VtlSyntaxError, compileMappingTemplate, compileTemplate } from '../../../../local/engines/vtl';

describe('texts that are no template', () => {
  test.each<[string, number, number]>([
    ['#if(true)', 1, 10],
    ['#if', 1, 4],
    ['#if true', 1, 5],
    ['#if()x#end', 1, 5],
    ['a\nb #end', 2, 3],
    ['#else', 1, 1],
    ['#if(true)a#else b#else c#end', 1, 18],
    ['#set($x 1)', 1, 9],
    ['#set($x = )', 1, 11],
    ['#set(x = 1)', 1, 6],
    ['#set($x = 1-1)', 1, 12],
    ['#set($x = [1,])', 1, 14],
    ['#set($x = {a:1})', 1, 12],
    ['#set($x = "\n#if(")', 2, 6],
    ['\n\n#set($x = "a\\u12")', 3, 11],
    ['#foreach($i in [1..3])', 1, 23],
    ['#foreach(x in $y)#end', 1, 1],
    ['line\r\n  #foreach', 2, 3],
    ['#macro', 1, 1],
    ['#macro()x#end', 1, 1],
    ['#macro("a")x#end', 1, 1],
    ['#macro(a b)x#end', 1, 1],
    ['#define()x#end', 1, 1],
    ['#define($a $b)x#end', 1, 1],
    ['#evaluate()', 1, 1],
    ['#evaluate(1)', 1, 1],
    ['#evaluate("a" "b")', 1, 1],
    ['#break($a $b)', 1, 1],
    ['#stop("a" "b")', 1, 1],
    ['#literal()#end', 1, 1],
    ['$a.b(1 + 1)', 1, 8],
    ['$a[', 1, 4],
    ['$a[1+1]', 1, 5],
    ['${a.b', 1, 6],
    ['$true', 1, 1],
    ['costs 5$', 1, 9],
    ['a #', 1, 4],
    ['## costs 5$', 1, 12],
    ['#[[ never ended', 1, 16],
    ['#foreach($e in {"a": 1}.entrySet())#end', 1, 24],
  ])('%j', (source, line, column) => {
    for (const compile of [compileTemplate, compileMappingTemplate]) {
      expect(() => compile(source)).toThrow(VtlSyntaxError);
      try {
        compile(source);
      } catch (error) {
        expect([(error as VtlSyntaxError).line, (error as VtlSyntaxError).column]).toEqual([line, column]);
      }
    }
  });

  test('the message says where', () => {
    expect(() => compileTemplate('x\n#end')).toThrow('Unexpected "#end" at line 2, column 1');
  });
});

describe('nesting', () => {
  test.each([
    ['blocks', `${'#if(true)'.repeat(5_000)}${'#end'.repeat(5_000)}`],
    ['parentheses', `#if(${'('.repeat(5_000)}true${')'.repeat(5_000)})#end`],
    ['lists', `#set($x=${'['.repeat(5_000)}${']'.repeat(5_000)})`],
    ['maps', `#set($x=${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)})`],
    ['negations', `#if(${'!'.repeat(5_000)}true)#end`],
    ['arguments', `${'$a.b('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['macros', `${'#@a()'.repeat(5_000)}${'#end'.repeat(5_000)}`],
  ])('of %s has a limit', (_, source) => {
    expect(() => compileTemplate(source)).toThrow('nested more than 250 levels deep');
  });
});
