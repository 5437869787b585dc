import { MappingVariables, VtlRuntimeError, compileMappingTemplate } from '../../../../local/engines/vtl';

const EMPTY: MappingVariables = { body: '', context: {} };

function render(source: string, variables: Partial<MappingVariables> = {}): string {
  return compileMappingTemplate(source).render({ ...EMPTY, ...variables }).text;
}

describe('what has no value is the empty string', () => {
  test.each<[string, string]>([
    ['[$nope][$nope.deep.er][$nope.call()][$!nope][${nope}]', '[][][][][]'],
    ['#if($nope)yes#end', 'yes'],
    ['#if($nope == "" && $nope == $null && $null == "")yes#end', 'yes'],
    ['#set($x = $nope)#if($x == "")yes#end', 'yes'],
    ['#set($m = {})#set($m[$nope] = "v")$m', '{=v}'],
    ['#foreach($x in $nope)no#end', ''],
    ['#set($m = {})$m.put("k", "v")<$m.get("nope")>', '<>'],
    ['#set($l = [$nope])$l.get(0).length()', '0'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected);
  });

  test('except for a word without $, which is null', () => {
    expect(render('#set($m = {})#set($x = $m.put("k", null))$m')).toBe('{k=null}');
  });
});

describe('$input', () => {
  const body = JSON.stringify({ s: 'it\'s "q"', n: 150, list: [1, 'b', { c: [] }, null], map: { a: { b: 1 }, l: [{ x: 'y' }] }, url: 'http://x/y', none: null });

  test.each<[string, string]>([
    ['$input.body', body],
    ['$input.path(\'$\').s', 'it\'s "q"'],
    ['$input.path(\'$.n\')', '150'],
    ['$input.path("$.list")', '[1,"b",{"c":[]},null]'],
    ['$input.path("$.list[2]")', '{c=[]}'],
    ['$input.path("$.map")', '{a={b=1}, l=[{"x":"y"}]}'],
    ['$input.path("$.map").keySet()', '[a, l]'],
    ['$input.path("$.list[*]").size()', '4'],
    ['$input.path("$..b")', '[1]'],
    ['[$input.path("$.nope")][$input.path("$.none")][$input.path("$.nope.deeper")]', '[][][]'],
    ['#foreach($i in $input.path("$.list"))[$i]#end', '[1][b][{c=[]}][]'],
    ['$input.json("$.s")', '"it\'s \\"q\\""'],
    ['$input.json("$.map")', '{"a":{"b":1},"l":[{"x":"y"}]}'],
    ['$input.json("$.url")', '"http:\\/\\/x\\/y"'],
    ['$input.json("$.nope")$input.json("$.none")', '""""'],
    ['$input.path("$.n") + $input.nope', '150 + '],
  ])('%s', (source, expected) => {
    expect(render(source, { body })).toBe(expected);
  });

  test('shows an empty body as an empty object', () => {
    expect(render('$input.body $input.json("$") $input.path("$").size()')).toBe('{} {} 0');
  });

  test.each<[string, string, string]>([
    ['a=b', '$input.path("$") $input.json("$")', 'a=b "a=b"'],
    ['"text"', '$input.path("$") $input.json("$")', 'text "text"'],
    ['{key: value, \'k\': [x y, 2,]}', '$input.json("$")', '{"key":"value","k":["x y",2]}'],
    ['{"a":1} trailing', '$input.json("$")', '{"a":1}'],
    ['5', '$input.path("$.x")$input.path("$")', '5'],
    ['null', '[$input.path("$")][$input.path("$.x")][$input.path("$..x")]', '[][][]'],
    ['{"a":1.50,"b":1e3,"c":2.0,"d":12345678901234567890,"e":9007199254740993}', '$input.path("$")', '{a=1.5, b=1000.0, c=2.0, d=12345678901234567890, e=9007199254740993}'],
    ['{"a":1.50,"b":1e3}', '$input.json("$")', '{"a":1.5,"b":1000.0}'],
    ['{"2":"b","1":"a"}', '$input.json("$")', '{"2":"b","1":"a"}'],
    ['{"n":1.652716274909E9}', '$input.json("$.n")', '1.652716274909E9'],
    ['{"u":"\\u2028\\u0007é"}', '$input.json("$.u")', '"\\u2028\\u0007é"'],
  ])('reads %s as json-smart does', (text, source, expected) => {
    expect(render(source, { body: text })).toBe(expected);
  });

  test.each(['{a', '[a', '{"a"', '{"a":', '{"a":1', '["a', ':', '{"a":"\\u12"}'])('refuses %s', (text) => {
    expect(() => render('$input.path("$")', { body: text })).toThrow('Could not process payload');
  });

  test('reads the body only when it is asked for', () => {
    expect(render('$input.params("x")ok', { body: '{a' })).toBe('ok');
  });

  test('finds parameters by name in the path, the query string and the headers, in this order', () => {
    const params = { path: { a: 'path', b: 'path' }, querystring: { b: 'query', c: 'query' }, header: { c: 'header', d: 'header' } };
    expect(render('$input.params("a")$input.params("b")$input.params("c")$input.params("d")<$input.params("e")>', { params })).toBe('pathpathqueryheader<>');
    expect(render('$input.params() $input.params().header.get("d")', { params: { header: { d: 'H' } } })).toBe('{path={}, querystring={}, header={d=H}} H');
    expect(render('[$input.params("constructor")][$input.params("__proto__")]', { params })).toBe('[][]');
  });

  test('an invalid path is an error of the template', () => {
    expect(() => render('$input.path("$.a[")')).toThrow(VtlRuntimeError);
  });
});

describe('$util', () => {
  test.each<[string, string]>([
    ['$util.escapeJavaScript($input.body)', '{\\"a\\":\\"it\\\'s \\/ \\u00E9\\n\\"}'],
    ['$util.escapeJavaScript($input.body).replaceAll("\\\\\'", "\'")', '{\\"a\\":\\"it\'s \\/ \\u00E9\\n\\"}'],
    ['$util.escapeJavaScript(5)$util.escapeJavaScript($nope)', '5'],
    ['$util.parseJson("[1, 2.50]")[1] $util.parseJson(\'{"a":{"b":1}}\').a', '2.5 {b=1}'],
    ['$util.urlEncode("a b&c=é~*") $util.urlDecode("a%20b+c%C3%A9")', 'a+b%26c%3D%C3%A9%7E* a b cé'],
    ['$util.base64Encode("é") $util.base64Decode("w6k=") $util.base64Decode("w6k")', 'w6k= é é'],
    ['[$util.nope][$util.autoId()]', '[][]'],
  ])('%s', (source, expected) => {
    expect(render(source, { body: '{"a":"it\'s / é\n"}' })).toBe(expected);
  });

  test.each(['$util.urlDecode("%zz")', '$util.urlDecode("%4")', '$util.base64Decode("A")', '$util.parseJson("[1")'])('%s fails', (source) => {
    expect(() => render(source)).toThrow(VtlRuntimeError);
  });
});

describe('$context', () => {
  const context = { stage: 'dev', requestTimeEpoch: 1795000000123, identity: { sourceIp: '1.2.3.4' }, list: [1, 'a'] };

  test('has its variables, and prints maps as nothing', () => {
    expect(render('$context.stage $context.identity.sourceIp [$context.identity][$context][$context.nope.deep] $context.list', { context }))
      .toBe('dev 1.2.3.4 [][][] [1, a]');
  });

  test('divides times as integers', () => {
    expect(render('#set($ttl = $context.requestTimeEpoch / 1000 + 7200)$ttl', { context })).toBe('1795007200');
  });

  test('is given back as it was when the template changes nothing', () => {
    expect(compileMappingTemplate('$context.stage').render({ body: '', context }).context).toEqual(context);
  });

  test('takes overrides without having to be given the maps for them', () => {
    const source = `#set($context.requestOverride.header.X-Amz-Target = "T")#set($name = "q")#set($context.requestOverride.querystring[$name] = "v")
$context.requestOverride.path.put("p", 5)#set($context["responseOverride"].status = 202)#set($context.responseOverride.list = [1.5, {"a": $context.stage}])`;
    const result = compileMappingTemplate(source).render({ body: '', context });
    expect(result.text.trim()).toBe('');
    expect(result.context).toEqual({
      ...context,
      requestOverride: { header: { 'X-Amz-Target': 'T' }, path: { p: 5 }, querystring: { q: 'v' } },
      responseOverride: { header: {}, status: 202, list: [1.5, { a: 'dev' }] },
    });
    expect(context).not.toHaveProperty('requestOverride');
  });

  test('shows what an earlier template left', () => {
    const first = compileMappingTemplate('#set($context.responseOverride.status = 444)').render({ body: '', context });
    expect(compileMappingTemplate('$context.responseOverride.status').render({ body: '', context: first.context }).text).toBe('444');
  });

  test('is safe from names of JavaScript\'s own', () => {
    const { context: after } = compileMappingTemplate('$context.requestOverride.header.put("__proto__", "x")$context.put("__proto__", {"polluted": 1})')
      .render({ body: '', context: {} });
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
    expect(Object.keys(after)).toContain('__proto__');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(render('[$context.constructor][$context.toString][$context.__proto__]')).toBe('[][][.__proto__]');
  });
});

test('$stageVariables are a map', () => {
  expect(render('$stageVariables.a ${stageVariables["a"]} ${stageVariables.b}$stageVariables', { stageVariables: { a: 'x' } })).toBe('x x {a=x}');
  expect(render('[$stageVariables.a]')).toBe('[]');
});

test('a loop ends after a thousand rounds', () => {
  expect(render('#foreach($i in [1..2000])x#end').length).toBe(1_000);
  expect(render('#foreach($i in $input.path("$"))x#end', { body: JSON.stringify(Array.from({ length: 1_500 }, () => 1)) }).length).toBe(1_000);
});

test('a document that a template changes is its own in every rendering', () => {
  const template = compileMappingTemplate('#set($b = $input.path("$"))#set($b.n = $b.n + 1)#set($x = $b.l.add(2))$b');
  const variables = { ...EMPTY, body: '{"n":1,"l":[1],"2":0,"1":0}' };
  expect(template.render(variables).text).toBe('{n=2, l=[1,2], 2=0, 1=0}');
  expect(template.render(variables).text).toBe('{n=2, l=[1,2], 2=0, 1=0}');
});

test('whatever is a map can be changed', () => {
  const body = '{"a":1,"b":2,"c":3}';
  expect(render('#set($m = $input.path("$[\'b\',\'a\']"))$!m.put("2", 1)$!m.put("1", 2)$m', { body })).toBe('{b=2, a=1, 2=1, 1=2}');
  expect(render('#set($p = $input.params())$!p.put("x", 1)$!p.header.put("h", 2)$input.params()')).toBe('{path={}, querystring={}, header={h=2}, x=1}');
  expect(render('$!stageVariables.put("x", 1)$stageVariables', { stageVariables: { a: 'b' } })).toBe('{a=b, x=1}');
  expect(render('#set($j = $util.parseJson(\'{"a":{"b":1}}\'))#set($j.a.c = 2)$j')).toBe('{a={b=1, c=2}}');
});

test('a mapping template as one sees them', () => {
  const source = `#set($inputRoot = $input.path('$'))
{
  "Entries": [
#foreach($elem in $inputRoot.items)
    { "Detail": "$util.escapeJavaScript($elem.detail).replaceAll("\\\\'", "'")", "Source": "$elem.source" }#if($foreach.hasNext),#end

#end
  ]
}`;
  const items = [{ detail: '{"say":"it\'s"}', source: 'a' }, { detail: '{}', source: 'b' }];
  expect(JSON.parse(render(source, { body: JSON.stringify({ items }) }))).toEqual({
    Entries: [{ Detail: '{"say":"it\'s"}', Source: 'a' }, { Detail: '{}', Source: 'b' }],
  });
});
