/** `$util`: the functions that API Gateway adds to the language. */

import { parseDocument } from './json-document';
import { defineClass, method } from '../java/java-class';
import { OBJECT_METHODS } from '../java/object-methods';
import { OBJECT, STRING } from '../java/parameter-types';
import { toText } from '../java/values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

/** The value of `$util` in one rendering. */
export class Util {
  constructor(readonly forChanges: boolean) {}
}

const SCRIPT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r', '\'': '\\\'', '"': '\\"', '\\': '\\\\', '/': '\\/',
};

/** Escapes for a JavaScript string. The single quote is escaped too, which JSON does not allow. */
function escapeJavaScript(text: string): string {
  let result = '';
  let copied = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x20 && code < 0x80 && code !== 0x22 && code !== 0x27 && code !== 0x2f && code !== 0x5c) continue;
    const character = text.charAt(index);
    result += text.slice(copied, index) + (SCRIPT_ESCAPES[character] ?? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`);
    copied = index + 1;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/** The bytes of a text, in which Java makes a question mark of half a character. */
function bytesOf(text: string): Buffer {
  return Buffer.from(text.replace(/[\ud800-\udfff]/gu, '?'), 'utf8');
}

/** Encodes as an HTML form does. */
function urlEncode(text: string): string {
  return bytesOf(text)
    .reduce((result, byte) => result + (URL_SAFE.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : percent(byte)), '');
}

const URL_SAFE = /[a-zA-Z0-9.*_-]/;

function percent(byte: number): string {
  return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function urlDecode(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[^%]{0,2})+/g, (sequence) => {
    const whole = /^(?:%[0-9a-fA-F]{2})+/.exec(sequence)?.[0] ?? '';
    const rest = sequence.slice(whole.length);
    if (rest.includes('%')) throw new VtlRuntimeError(`URLDecoder: Illegal hex characters in escape (%) pattern: "${rest}"`);
    return Buffer.from(whole.replaceAll('%', ''), 'hex').toString('utf8') + rest;
  });
}

/** Skips whatever is not Base64, as decoders of mail do. */
function base64Decode(text: string): string {
  const digits = text.replace(/[^A-Za-z0-9+/=]/g, '').replace(/=.*$/s, '');
  if (digits.length % 4 === 1) throw new VtlRuntimeError('Last unit does not have enough valid bits');
  return Buffer.from(digits, 'base64').toString('utf8');
}

defineClass(Util, {
  name: '$util',
  methods: [
    method('escapeJavaScript', [OBJECT], (_: Util, value) => (value === null ? null : escapeJavaScript(toText(value)))),
    method('parseJson', [STRING], (self: Util, text) => parseDocument(text, self.forChanges) ?? null),
    method('urlEncode', [STRING], (_: Util, text) => urlEncode(text)),
    method('urlDecode', [STRING], (_: Util, text) => urlDecode(text)),
    method('base64Encode', [STRING], (_: Util, text) => bytesOf(text).toString('base64')),
    method('base64Decode', [STRING], (_: Util, text) => base64Decode(text)),
    ...OBJECT_METHODS,
  ],
});
