/** The variables that selection expressions and parameter mappings read. */

import { Exchange } from './pipeline/exchange';
import { compileJsonPath } from '../../engines/jsonpath';
import { HttpResponse } from '../../kernel/contracts';

/** Reads a variable's value; undefined when there is none. */
export type VariableReader = (exchange: Exchange, response?: HttpResponse) => unknown;

/** Where a variable comes from: each place of a template may use some. */
export type VariableSource = 'request.body' | 'request.parameters' | 'integration.response' | 'context' | 'stageVariables';

/** Compiles a variable's name, such as `request.body.action`; throws when there is no such variable, or not here. */
export function compileVariable(name: string, allowed: readonly VariableSource[]): VariableReader {
  const [source, reader] = readerOf(name);
  if (!reader || !source || !allowed.includes(source)) {
    throw new Error(`API Gateway has no variable "${name}" here; there are ${allowed.join(', ')}`);
  }
  return reader;
}

function readerOf(name: string): [source?: VariableSource, reader?: VariableReader] {
  const body = below(name, 'request.body');
  if (body !== undefined) {
    return ['request.body', readBody(body)];
  }
  const parameter = /^request\.(multivalue)?(header|querystring)\.(.+)$/.exec(name);
  if (parameter) {
    return ['request.parameters', readParameter(parameter[2] as 'header' | 'querystring', parameter[3], parameter[1] !== undefined)];
  }
  const context = below(name, 'context');
  if (context) {
    const steps = context.slice(1).split('.');
    return ['context', exchange => steps.reduce<unknown>(member, exchange.context)];
  }
  const variable = below(name, 'stageVariables');
  if (variable) {
    return ['stageVariables', exchange => member(exchange.place.stageVariables, variable.slice(1))];
  }
  const response = below(name, 'integration.response');
  return response ? ['integration.response', readResponse(response.slice(1))] : [];
}

function readBody(path: string): VariableReader {
  if (path === '') {
    return exchange => exchange.body;
  }
  const jsonPath = compileJsonPath(`$${path}`);
  return exchange => {
    const json = exchange.json();
    return json === undefined ? undefined : jsonPath.read(json);
  };
}

function readParameter(kind: 'header' | 'querystring', name: string, all: boolean): VariableReader {
  // HTTP does not tell `Token` from `token`; a query string does.
  const key = kind === 'header' ? name.toLowerCase() : name;
  return exchange => {
    const values = (kind === 'header' ? exchange.parameters.headerValues : exchange.parameters.querystringValues).get(key);
    return all ? values?.join(',') : values?.at(-1);
  };
}

function readResponse(name: string): VariableReader | undefined {
  if (name === 'statuscode') {
    return (_exchange, response) => response && String(response.status);
  }
  const header = /^(?:multivalue)?header\.(.+)$/.exec(name)?.[1].toLowerCase();
  if (header !== undefined) {
    return (_exchange, response) => response && Object.entries(response.headers).find(([each]) => each.toLowerCase() === header)?.[1];
  }
  const body = below(name, 'body');
  if (body === undefined) {
    return undefined;
  }
  const jsonPath = compileJsonPath(`$${body}`);
  return (_exchange, response) => response && readJson(response.body, json => jsonPath.read(json));
}

function readJson(text: string, read: (json: unknown) => unknown): unknown {
  try {
    return read(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What follows a prefix, if it is a whole step: of `request.bodyguard` nothing follows `request.body`. */
function below(name: string, prefix: string): string | undefined {
  if (!name.startsWith(prefix)) {
    return undefined;
  }
  const rest = name.slice(prefix.length);
  return rest === '' || rest.startsWith('.') || rest.startsWith('[') ? rest : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
