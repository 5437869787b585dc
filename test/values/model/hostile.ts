import fc from 'fast-check';
import { ExactJson, NumberText } from './exact-json';
import { pathOf, Step } from '../../../src/values/body-path';

/** What means something to JSON, to Velocity, to forms or to regular expressions, beside harmless letters. */
const FRAGMENTS = [
  '"', '\'', '\\', '\\"', '\\\'', '\\\\', '$', '#', '##', '#*', '*#', '#[[', ']]#', '${', '$!{', '}', '{', '{}', '#set($x = 1)', '#if(true)', '#end', '#{end}', '#{else}',
  '$input.body', '${input.body}', '$util.escapeJavaScript("', '$context.connectionId', '$1', '\\1', '\\u0041', '\\u00', '","x":"', '"},"y":{"', '&a=b', '%', '%41', '+', '=', ' ', '\n',
  '\r', '\t', '\b', '\0', '\u0007', '\u001f', '\u007f', '\u0085', '\u2028', '\u2029', '\ufeff', '\ud800', '\udc00', '😀', 'é', '/', '</script>', 'null', 'a', 'b1', '-', '.', '[0]', '(', ')',
];

/** Texts of clients, of authorizers and of services. */
export const hostileText: fc.Arbitrary<string> = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 7 }).map(parts => parts.join(''));

/** A text that is as long as a message may be, which is seldom. */
const longText: fc.Arbitrary<string> = fc.constantFrom('\'', '\\', '"', '$', '#', 'a', '\ud800', '\u2028').map(character => character.repeat(30_000));

const anyText = fc.oneof({ weight: 2000, arbitrary: hostileText }, { weight: 1, arbitrary: longText });

const MEMBER_NAMES = ['a', 'b', 'items', 'constructor', 'toString', 'length', 'size', 'class', 'x-y', '_z', 'é'];

/** Paths of one place, over names that messages have as well. */
export const paths: fc.Arbitrary<{ text: string; steps: Step[] }> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom<Step>(...MEMBER_NAMES) }, fc.constantFrom<Step>(0, 1, 2)), { maxLength: 3, size: 'max' })
  .map(steps => ({ steps, text: pathOf(steps) }));

export const numbers: fc.Arbitrary<NumberText> = fc.constantFrom(
  '0', '-0', '1', '-1', '42', '1.5', '1.10', '0.1', '1e2', '1E-7', '-2.5e+3', '1e22', '12345678901234567890123456789012345678', '-9007199254740993', '9223372036854775808', '2147483648',
  '0.12345678901234567890123', '123456789012345678.5', '1e400', '-1e400', '1e-400', '1.7976931348623157e308', '1.000000000000000000001e2', '5e-324', '100000000000000000000000e-5',
).map(text => new NumberText(text));

const names = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...MEMBER_NAMES) }, fc.constantFrom('__proto__', '', ' ', '0', '10', '2', 'a.b', '$', '$x', '#set($a = 1)', '\'', '"', '\\', '${input.body}', '\u2028', 'null'), hostileText);

const scalars: fc.Arbitrary<ExactJson> = fc.oneof({ weight: 4, arbitrary: anyText }, { weight: 3, arbitrary: numbers }, fc.boolean(), fc.constant(null));

const tree = fc.letrec<{ value: ExactJson; list: ExactJson[]; object: Map<string, ExactJson> }>(tie => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, { weight: 4, arbitrary: scalars }, { weight: 1, arbitrary: tie('list') }, { weight: 2, arbitrary: tie('object') }),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map(members => new Map(members)),
}));

/** Any JSON; seldom very deep. */
export const json: fc.Arbitrary<ExactJson> = fc.oneof(
  { weight: 200, arbitrary: tree.value },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 1, max: 300 }), fc.boolean()).map(([depth, isList]) => Array.from({ length: depth }).reduce<ExactJson>(inner => isList ? [inner] : new Map([['a', inner]]), 'deep')) },
);

/** Objects, as most messages are. */
export const jsonObjects = tree.object;

/** What authors write. */
export const literals: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, '', 'text'),
    hostileText.filter(text => !/\p{Surrogate}/u.test(text)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('a', '$x', '"', '__proto__', 'constructor'), hostileText.filter(text => !/\p{Surrogate}/u.test(text))), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

/** How a message is written down. */
export interface Style {
  readonly escapes: boolean;
  readonly space: string;
  readonly duplicates: boolean;
}

export const styles: fc.Arbitrary<Style> = fc.record({ escapes: fc.boolean(), space: fc.constantFrom('', '', ' ', '\n\t'), duplicates: fc.constantFrom(false, false, false, true) });

/** The text of a message. */
export function written(value: ExactJson, style: Style): string {
  const { space, duplicates } = style;
  if (typeof value === 'string') {
    const text = JSON.stringify(value);
    return style.escapes ? text.replace(/[^\x20-\x7e]|[$#'/]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) : text;
  }
  if (value instanceof NumberText) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${space}${value.map(element => written(element, style)).join(`${space},${space}`)}${space}]`;
  }
  if (value instanceof Map) {
    const members = [...value].flatMap(([name, member]) => {
      const text = `${written(name, style)}${space}:${space}${written(member, style)}`;
      return duplicates ? [`${written(name, style)}:"an earlier one"`, text] : [text];
    });
    return `{${space}${members.join(`${space},${space}`)}${space}}`;
  }
  return String(value);
}
