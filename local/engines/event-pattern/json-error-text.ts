/**
 * The pieces of Jackson's error texts: characters, places in a source, and which characters it takes for a word.
 */
import { JsonReadError } from './json-read-error';

const MAXIMUM_SOURCE_SHOWN = 500;
const IDENTIFIER_START = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u;
const IDENTIFIER_PART = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}\p{Cf}\0-\x08\x0e-\x1b\x7f-\x9f]$/u;
const CONTROL = /[\0-\x1f\x7f-\x9f]/;
const CONTROL_EXCEPT_LINE_ENDS = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Whether a character is an ASCII digit. */
export function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

/** Whether Java would let an identifier begin with this UTF-16 unit. */
export function isIdentifierStart(char: string): boolean {
  return IDENTIFIER_START.test(char);
}

/** Whether Java would let an identifier go on with this UTF-16 unit. */
export function isIdentifierPart(char: string): boolean {
  return IDENTIFIER_PART.test(char);
}

/** A character and its code, the way messages name it. */
export function describeCharacter(char: string): string {
  const code = char.charCodeAt(0);
  if (CONTROL.test(char)) {
    return `(CTRL-CHAR, code ${code})`;
  }
  return code > 255 ? `'${char}' (code ${code} / 0x${code.toString(16)})` : `'${char}' (code ${code})`;
}

/** The source, cut after 500 characters, with a line and a column. */
export function describePlace(source: string, row: number, column: number): string {
  const shown = source.slice(0, MAXIMUM_SOURCE_SHOWN).replace(CONTROL_EXCEPT_LINE_ENDS, char =>
    `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
  const hidden = source.length - MAXIMUM_SOURCE_SHOWN;
  return `[Source: (String)"${shown}"${hidden > 0 ? `[truncated ${hidden} chars]` : ''}; line: ${row}, column: ${column}]`;
}

/** The error for a text that is beyond one of Jackson's limits, which names no place. */
export function constraintExceeded(what: string, actual: number, maximum: number, setting: string): JsonReadError {
  return new JsonReadError(`${what} (${actual}) exceeds the maximum allowed (${maximum}, from \`StreamReadConstraints.${setting}()\`)`);
}
