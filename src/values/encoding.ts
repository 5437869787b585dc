import { Token } from 'aws-cdk-lib';
import { Characters } from './context-variable';

/** How text is written where it stands: as it is, inside a JSON string, inside a form, or inside several of these. */
export interface Encoding {
  /** What the author wrote. */
  literal(text: string): string;
  /** A Velocity reference to what a Velocity expression gives. */
  reference(expression: string, characters: Characters): string;
}

/** The body of a request or a frame itself. */
export const PLAIN: Encoding = {
  literal: text => text,
  reference: expression => expression,
};

/** Inside a JSON string. */
export function jsonString(outer: Encoding): Encoding {
  return {
    literal: text => outer.literal(escapeForJson(text)),
    reference: (expression, characters) => outer.reference(characters === 'any' ? escaped(expression) : expression, characters),
  };
}

/** The value of a form field. */
export function formValue(outer: Encoding): Encoding {
  return {
    literal: text => outer.literal(encodeURIComponent(text)),
    reference: (expression, characters) => outer.reference(characters === 'digits' ? expression : `$util.urlEncode(${stringOf(expression)})`, characters),
  };
}

const TOKEN = /(\$\{Token\[[^\]]*\]\})/;

/** A literal in which CloudFormation may still have to fill in something: nobody can escape that, and so it stands as it is. */
export function literalText(text: string, encoding: Encoding): string {
  if (!Token.isUnresolved(text)) {
    return encoding.literal(text);
  }
  return text.split(TOKEN).map((part, index) => index % 2 === 1 ? part : encoding.literal(part)).join('');
}

/** Characters that mean something to Velocity have no business in a template: in JSON they can be written in other ways. U+007F may get lost as it is. */
function escapeForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(/\\\\/g, '\\u005c').replace(/[$#\u007f]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** Functions that take strings give nothing for what is none, such as a number. */
export function stringOf(expression: string): string {
  return /^\$(util\.|input\.(json|body|params)|context\.(connection|request|message)Id$)/.test(expression) ? expression : `${expression}.toString()`;
}

/** `escapeJavaScript` also escapes apostrophes, which JSON does not allow. */
function escaped(expression: string): string {
  return `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;
}
