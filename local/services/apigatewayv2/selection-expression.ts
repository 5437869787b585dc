/**
 * The expressions by which API Gateway chooses a route, a template or a response: text with variables in it, evaluated to a key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */

import { javaText } from './java-text';
import { Exchange } from './pipeline/exchange';
import { compileVariable, VariableReader, VariableSource } from './variables';
import { HttpResponse } from '../../kernel/contracts';

/** A compiled expression. */
export interface SelectionExpression {
  evaluate(exchange: Exchange, response?: HttpResponse): string;
}

/** A dollar sign that stands for itself, a variable in braces, or one that ends where its name does. */
const PARTS = /\\\$|\$\{([^}]*)\}|\$([A-Za-z][\w-]*(?:\.[\w-]+|\[[^\]]*\])*)/g;

/** Compiles an expression; throws when it uses a variable that is not there. */
export function compileSelectionExpression(text: string, allowed: readonly VariableSource[]): SelectionExpression {
  const parts: Array<string | VariableReader> = [];
  let end = 0;
  for (const match of text.matchAll(PARTS)) {
    parts.push(text.slice(end, match.index));
    const name = match[1] ?? match[2];
    parts.push(name === undefined ? '$' : compileVariable(name, allowed));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return simplify(parts.filter(part => part !== ''));
}

/** Most expressions are a constant or a single variable. */
function simplify(parts: Array<string | VariableReader>): SelectionExpression {
  if (parts.every(part => typeof part === 'string')) {
    const constant = parts.join('');
    return { evaluate: () => constant };
  }
  if (parts.length === 1) {
    const read = parts[0] as VariableReader;
    return { evaluate: (exchange, response) => javaText(read(exchange, response)) };
  }
  return {
    evaluate: (exchange, response) => parts.map(part => typeof part === 'string' ? part : javaText(part(exchange, response))).join(''),
  };
}

/** A key as a template writes it: some write the dollar sign of `$default` with the backslash that only expressions need. */
export function unescapeKey(key: string): string {
  return key.replace(/\\\$/g, '$');
}
