import fc from 'fast-check';
import { VtlRuntimeError, VtlSyntaxError, compileMappingTemplate, compileTemplate } from '../../../../local/engines/vtl';
import { hostileJson, outcome, tokens } from '../../../support/fuzz';

const ERRORS = [VtlSyntaxError, VtlRuntimeError];

const templates = tokens(
  '#if(', '#elseif(', '#else', '#end', '#set(', '#foreach(', '#macro(', '#define(', '#evaluate(', '#literal()', '#break', '#stop', '#parse(', '#@m()', '#m()', '##', '#*', '*#', '#[[', ']]#',
  '$a', '$!a', '${a}', '$!{a.b}', '$a.b(', '$a[0]', '$input.path("$', '$input.json(', '$input.params()', '$util.parseJson(', '$context.', '$foreach.', ' in ', '[1..3]', '[', ']', '{', '}', '(', ')',
  '"', "'", '"$a"', "'x'", ' = ', '==', '!=', '&&', '||', '!', '+', '-', '*', '/', '%', '1', '-2', '1.5', '99999999999', 'true', 'null', ',', ':', '.', '..', '\\', '\\\\', '\n', ' ',
  '.put("k", $a)', '.add($a)', '.size()', '.toString()', '.class', '.replaceAll("(a+)+", "$1")', '.split("")', '.substring(1)', '.get("__proto__")', '.constructor', '__proto__',
);

test('a template is rendered or refused, and the same way twice', () => {
  fc.assert(fc.property(templates, hostileJson('b', 'path'), (source, body) => {
    const variables = { body: JSON.stringify(body), context: { a: 1 }, variables: { a: body } };
    const render = (): unknown => outcome(ERRORS, () => compileMappingTemplate(source).render(variables));
    expect(render()).toEqual(render());
  }), { numRuns: 2_000 });
});

test('so is one of plain Velocity', () => {
  fc.assert(fc.property(templates, hostileJson('b'), (source, value) => {
    const render = (): unknown => outcome(ERRORS, () => compileTemplate(source).render({ a: value }));
    expect(render()).toEqual(render());
  }), { numRuns: 1_000 });
});

test('a payload may be any text', () => {
  const payloads = tokens('{', '}', '[', ']', '"', "'", ':', ',', 'null', 'NaN', '-', '1', '.', 'e', '1e999', '\\u', '\\', 'a', '"__proto__"', ' ');
  const template = compileMappingTemplate('$input.path("$") $input.json("$..a") $input.path("$.a[0]").b $input.body #set($b = $input.path("$"))#set($b.x = 1)$b');
  fc.assert(fc.property(payloads, body => {
    const render = (): unknown => outcome(ERRORS, () => template.render({ body, context: {} }).text);
    expect(render()).toEqual(render());
  }), { numRuns: 1_000 });
});
