import { Exchange } from './pipeline/exchange';
import { compileVariable, VariableSource } from './variables';
import { HttpResponse } from '../../kernel/contracts';

/** Reads the value that a parameter is mapped from; undefined when there is none. */
export type ParameterReader = (exchange: Exchange, response?: HttpResponse) => string | undefined;

/** Compiles the source of a parameter mapping: text in single quotes, or a variable such as `route.request.header.token`. */
export function compileParameterExpression(expression: string, allowed: readonly VariableSource[]): ParameterReader {
  const quoted = /^'(.*)'$/s.exec(expression);
  if (quoted) {
    return () => quoted[1];
  }
  const read = compileVariable(expression.replace(/^route\.(?=request\.)/, ''), allowed);
  return (exchange, response) => {
    const value = read(exchange, response);
    if (value === undefined || value === null) {
      return undefined;
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}
