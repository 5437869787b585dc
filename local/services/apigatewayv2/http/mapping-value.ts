/** The values that parameters are mapped from: variables such as `$request.body.id`, text with variables in braces, or plain text. */

import { HttpExchange } from './http-exchange';
import { compileJsonPath } from '../../../engines/jsonpath';
import { HttpResponse } from '../../../kernel/contracts';

/** Reads a value; undefined when there is none. */
export type ValueReader = (exchange: HttpExchange, response?: HttpResponse) => unknown;

/** What stands for a value: whether it depends on the request tells whether it can be checked beforehand. */
export interface MappingValue {
  readonly source: string;
  /** The text, when it depends on nothing. */
  readonly constant?: string;
  read(exchange: HttpExchange, response?: HttpResponse): string | undefined;
}

/** Of a longer body nothing can be selected. */
const SELECTABLE_BYTES = 100 * 1024;

const BRACED = /\$\{([^{}]*)\}/g;
const VARIABLE = /^\$(?=(?:request|response|context|stageVariables)\b)(.*)$/s;

/** Compiles a value of a request's parameter; throws when it uses a variable that is not there. */
export function compileRequestValue(source: string): MappingValue {
  return compile(source, requestVariable);
}

/** Compiles a value of an answer's parameter, which has the answer's variables in place of the request's. */
export function compileResponseValue(source: string): MappingValue {
  return compile(source, responseVariable);
}

function compile(source: string, variable: (name: string) => ValueReader | undefined): MappingValue {
  const readerOf = (name: string): ValueReader => {
    const reader = variable(name);
    if (!reader) {
      throw new Error(`Invalid source: ${source}`);
    }
    return reader;
  };
  const single = VARIABLE.exec(source)?.[1] ?? /^\$\{([^{}]*)\}$/.exec(source)?.[1];
  if (single !== undefined) {
    const read = readerOf(single);
    return { source, read: (exchange, response) => textOf(read(exchange, response)) };
  }
  // Every second part is a variable's name.
  const parts = source.split(BRACED).map((part, index) => index % 2 === 0 ? part : readerOf(part));
  if (parts.length === 1) {
    if (/^\s*[{[]/.test(source)) {
      throw new Error(`Invalid source: ${source}`);
    }
    return { source, constant: source, read: () => source };
  }
  return { source, read: (exchange, response) => parts.map(part => typeof part === 'string' ? part : textOf(part(exchange, response)) ?? '').join('') };
}

function requestVariable(name: string): ValueReader | undefined {
  const [, kind, rest = ''] = /^request\.(header|querystring|path|body)(.*)$/s.exec(name) ?? [];
  const member = rest.slice(1);
  switch (rest === '' || /^[.[]/.test(rest) ? kind : undefined) {
    case 'header':
      return member === '' ? undefined : ({ headers }) => headers.get(member.toLowerCase())?.join(',');
    case 'querystring':
      return member === '' ? undefined : ({ querystring }) => querystring.get(member)?.join(',');
    case 'path':
      return rest === '' ? ({ path }) => path : exchange => exchange.pathVariable(member);
    case 'body': {
      if (rest === '') {
        return ({ body }) => body;
      }
      const read = bodyReader(rest);
      return read && (exchange => exchange.bytes.length > SELECTABLE_BYTES ? undefined : read(exchange.json()));
    }
    default:
      return surroundings(name);
  }
}

function responseVariable(name: string): ValueReader | undefined {
  const header = /^response\.header\.(.+)$/s.exec(name)?.[1].toLowerCase();
  if (header !== undefined) {
    return (_, response) => Object.entries(response?.headers ?? {}).find(([each]) => each.toLowerCase() === header)?.[1];
  }
  const path = /^response\.body(.*)$/s.exec(name)?.[1];
  if (path === undefined) {
    return surroundings(name);
  }
  if (path === '') {
    return (_, response) => response?.body;
  }
  const read = /^[.[]/.test(path) ? bodyReader(path) : undefined;
  return read && ((_, response) => response === undefined || Buffer.byteLength(response.body) > SELECTABLE_BYTES ? undefined : read(parse(response.body)));
}

function surroundings(name: string): ValueReader | undefined {
  const [, source, path] = /^(context|stageVariables)\.([\w.-]+)$/.exec(name) ?? [];
  if (source === 'context') {
    return ({ context }) => path.split('.').reduce<unknown>(memberOf, context);
  }
  return source && (({ place }) => memberOf(place.stageVariables, path)) || undefined;
}

/** API Gateway selects by plain steps only, without descents and filters. */
function bodyReader(path: string): ((json: unknown) => unknown) | undefined {
  if (path.includes('..') || path.includes('?(')) {
    return undefined;
  }
  try {
    const jsonPath = compileJsonPath(`$${path}`);
    return json => json === undefined ? undefined : jsonPath.read(json);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** Objects and arrays become JSON; of what is nested too deeply to be written there is no text. */
function textOf(value: unknown): string | undefined {
  try {
    return value === undefined || value === null ? undefined : typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return undefined;
  }
}
