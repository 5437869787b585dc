/** java.lang.String. */

import { Character, JavaArray, MapView, checkSize } from './collections';
import { Method, defineClass, method, variadicMethod } from './java-class';
import { OBJECT_METHODS } from './object-methods';
import { CHAR, COLLECTION, INT, NULLABLE_STRING, OBJECT, STRING } from './parameter-types';
import { formatString } from './string-format';
import { MAX_TEXT_LENGTH, limitText, textHash, toText } from './values';
import { JavaPattern, compileJavaPattern } from '../../java-pattern';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { countWork } from '../runtime/work';

const PATTERN_WORK = 50;

function substring(self: string, begin: number, end: number): string {
  if (begin < 0 || end > self.length || begin > end) {
    throw new VtlRuntimeError(`begin ${begin}, end ${end}, length ${self.length}: no such part of a string`);
  }
  return self.slice(begin, end);
}

function characterAt(self: string, index: number): string {
  if (index < 0 || index >= self.length) throw new VtlRuntimeError(`Index ${index} is out of bounds for length ${self.length}`);
  return self.charAt(index);
}

function compare(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Java folds case character by character: ß is not SS. */
function foldCase(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const upper = text.charAt(index).toUpperCase();
    return (upper.length === 1 ? upper : text.charAt(index)).toLowerCase();
  }).join('');
}

/** Java trims all characters up to the blank, and no others. */
function trim(text: string): string {
  let begin = 0;
  let end = text.length;
  while (begin < end && text.charCodeAt(begin) <= 0x20) begin++;
  while (end > begin && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(begin, end);
}

/** A pattern costs much more for each character than other ways through a text. */
function patternFor(self: string, expression: string): JavaPattern {
  countWork(self.length * PATTERN_WORK);
  return compileJavaPattern(expression);
}

function split(self: string, expression: string, limit: number): JavaArray {
  const parts = patternFor(self, expression).split(self, limit);
  checkSize(parts.length);
  return new JavaArray(parts, 'java.lang.String');
}

/** The length is known before the text is made. */
function replace(self: string, target: string, replacement: string): string {
  const parts = self.split(target);
  const count = target === '' ? self.length + 1 : parts.length - 1;
  if (self.length + count * (replacement.length - target.length) > MAX_TEXT_LENGTH) throw new VtlRuntimeError('A replacement makes a text too long');
  return target === '' ? self.replaceAll('', () => replacement) : parts.join(replacement);
}

function regionMatches(ignoreCase: boolean, self: string, offset: number, other: string, otherOffset: number, length: number): boolean {
  if (offset < 0 || otherOffset < 0 || offset > self.length - length || otherOffset > other.length - length) return false;
  const [left, right] = [self.substr(offset, length), other.substr(otherOffset, length)];
  return ignoreCase ? foldCase(left) === foldCase(right) : left === right;
}

function bytesOf(self: string): JavaArray {
  checkSize(self.length);
  return new JavaArray(Array.from(Buffer.from(self, 'utf8'), (byte) => (byte > 127 ? byte - 256 : byte)), 'byte');
}

const METHODS: readonly Method[] = [
  method('length', [], (self: string) => self.length),
  method('isEmpty', [], (self: string) => self.length === 0),
  method('isBlank', [], (self: string) => self.trim() === ''),
  method('charAt', [INT], (self: string, index) => new Character(characterAt(self, index))),
  method('codePointAt', [INT], (self: string, index) => {
    characterAt(self, index);
    return self.codePointAt(index);
  }),
  method('substring', [INT], (self: string, begin) => substring(self, begin, self.length)),
  method('substring', [INT, INT], substring),
  method('subSequence', [INT, INT], substring),
  method('indexOf', [STRING], (self: string, text) => self.indexOf(text)),
  method('indexOf', [INT], (self: string, code) => self.indexOf(String.fromCodePoint(code))),
  method('indexOf', [CHAR], (self: string, character) => self.indexOf(character.value)),
  method('indexOf', [STRING, INT], (self: string, text, from) => self.indexOf(text, from)),
  method('indexOf', [INT, INT], (self: string, code, from) => self.indexOf(String.fromCodePoint(code), from)),
  method('lastIndexOf', [STRING], (self: string, text) => self.lastIndexOf(text)),
  method('lastIndexOf', [INT], (self: string, code) => self.lastIndexOf(String.fromCodePoint(code))),
  method('lastIndexOf', [STRING, INT], (self: string, text, from) => (from < 0 ? -1 : self.lastIndexOf(text, from))),
  method('contains', [STRING], (self: string, text) => self.includes(text)),
  method('startsWith', [STRING], (self: string, text) => self.startsWith(text)),
  method('startsWith', [STRING, INT], (self: string, text, from) => from >= 0 && self.startsWith(text, from)),
  method('endsWith', [STRING], (self: string, text) => self.endsWith(text)),
  method('equalsIgnoreCase', [NULLABLE_STRING], (self: string, other) => other !== null && foldCase(self) === foldCase(other)),
  method('contentEquals', [STRING], (self: string, other) => self === other),
  method('compareTo', [OBJECT], (self: string, other) => {
    if (typeof other !== 'string') throw new VtlRuntimeError(`A String can not be compared to ${toText(other)}`);
    return compare(self, other);
  }),
  method('compareToIgnoreCase', [STRING], (self: string, other) => compare(foldCase(self), foldCase(other))),
  method('regionMatches', [INT, STRING, INT, INT], (self: string, offset, other, otherOffset, length) =>
    regionMatches(false, self, offset, other, otherOffset, length)),
  method('concat', [STRING], (self: string, text) => limitText(self + text)),
  method('repeat', [INT], (self: string, count) => {
    if (count < 0) throw new VtlRuntimeError(`count is negative: ${count}`);
    if (self.length * count > MAX_TEXT_LENGTH) throw new VtlRuntimeError(`A text can not be longer than ${MAX_TEXT_LENGTH} characters`);
    return self.repeat(count);
  }),
  method('trim', [], trim),
  method('strip', [], (self: string) => self.trim()),
  method('toLowerCase', [], (self: string) => self.toLowerCase()),
  method('toUpperCase', [], (self: string) => self.toUpperCase()),
  method('replace', [STRING, STRING], replace),
  method('replace', [CHAR, CHAR], (self: string, target, replacement) => self.replaceAll(target.value, () => replacement.value)),
  method('replaceAll', [STRING, STRING], (self: string, expression, replacement) => limitText(patternFor(self, expression).replaceAll(self, replacement))),
  method('replaceFirst', [STRING, STRING], (self: string, expression, replacement) => limitText(patternFor(self, expression).replaceFirst(self, replacement))),
  method('matches', [STRING], (self: string, expression) => patternFor(self, expression).matches(self)),
  method('split', [STRING], (self: string, expression) => split(self, expression, 0)),
  method('split', [STRING, INT], split),
  method('intern', [], (self: string) => self),
  method('toCharArray', [], (self: string) => {
    checkSize(self.length);
    return new JavaArray(self.split('').map((character) => new Character(character)), 'char');
  }),
  method('getBytes', [], bytesOf),
  variadicMethod('format', [STRING], OBJECT, (_: string, format, ...values) => limitText(formatString(format, values))),
  method('join', [STRING, COLLECTION], (_: string, separator, parts: unknown[] | MapView) =>
    limitText((parts instanceof MapView ? parts.elements() : parts).map(toText).join(separator))),
  method('valueOf', [OBJECT], (_: string, value) => toText(value)),
  method('copyValueOf', [OBJECT], (_: string, value) => toText(value)),
  ...OBJECT_METHODS,
];

defineClass<string>('string', {
  name: 'java.lang.String',
  text: (self) => self,
  equals: (self, other) => self === other,
  hash: textHash,
  methods: METHODS,
});

defineClass(Character, {
  name: 'java.lang.Character',
  text: (self) => self.value,
  equals: (self, other) => other instanceof Character && self.value === other.value,
  hash: (self) => self.value.charCodeAt(0),
  methods: [
    method('charValue', [], (self: Character) => self),
    method('compareTo', [CHAR], (self: Character, other) => self.value.charCodeAt(0) - other.value.charCodeAt(0)),
    ...OBJECT_METHODS,
  ],
});
