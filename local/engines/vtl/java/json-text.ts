/** JSON as json-smart writes it: without blanks, with slashes escaped. */

import { Character, JavaArray, MapView } from './collections';
import { classOf } from './java-class';
import { mapAccess } from './map-access';
import { doubleValue, isJavaNumber, numberText } from './numbers';
import { limitText, nested, textOrNull } from './values';

const NEEDS_ESCAPE = /["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t',
};

/** The JSON of a value. */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case 'string': return quote(value);
    case 'boolean': return String(value);
    case 'undefined': return 'null';
  }
  if (value === null || typeof value === 'symbol' || typeof value === 'function') return 'null';
  if (isJavaNumber(value)) return Math.abs(doubleValue(value)) === Infinity ? 'null' : numberText(value);
  if (Array.isArray(value)) return listText(value);
  if (value instanceof JavaArray) return listText(value.elements);
  if (value instanceof MapView) return listText(value.elements());
  if (value instanceof Character) return quote(value.value);
  return typeof value === 'object' && classOf(value).readKey ? mapText(value) : quote(textOrNull(value) ?? '');
}

function listText(elements: readonly unknown[]): string {
  return nested(() => limitText(`[${elements.map(jsonText).join(',')}]`));
}

function mapText(map: object): string {
  const access = mapAccess(map);
  const entryText = (key: unknown): string => `${quote(textOrNull(key) ?? 'null')}:${jsonText(access.get(key))}`;
  return nested(() => limitText(`{${Array.from(access.keys(), entryText).join(',')}}`));
}

function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? `"${escape(text)}"` : `"${text}"`;
}

function escape(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    result += NEEDS_ESCAPE.test(character)
      ? ESCAPES[character] ?? `\\u${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`
      : character;
  }
  return result;
}
