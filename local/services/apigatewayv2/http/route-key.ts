/** Route keys, such as `GET /pets/{petId}`, and which of them takes a request. */

const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const KEY = /^([A-Z]+) (\/.*)$/s;
const VARIABLE = /^\{([\w.-]+)(\+)?\}$/;

/** The route that takes what no other does. */
export const DEFAULT_ROUTE = '$default';

type Segment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'variable' | 'greedy'; readonly name: string };

/** The method and the path of a route. */
export interface RoutePath {
  readonly method: string;
  readonly segments: readonly Segment[];
}

/** The path's variables in a request, as sent: percent-encoded. */
export type PathVariables = ReadonlyMap<string, string>;

/** Reads a route key; undefined for `$default`, and throws when it is none. */
export function parseRouteKey(key: string): RoutePath | undefined {
  if (key === DEFAULT_ROUTE) {
    return undefined;
  }
  const [, method, path] = KEY.exec(key) ?? [];
  if (path === undefined || !METHODS.includes(method)) {
    throw new Error(`The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default", not "${key}"`);
  }
  const segments = path.slice(1).split('/').map(parseSegment);
  const names = segments.flatMap(segment => segment.kind === 'text' ? [] : [segment.name]);
  if (segments.slice(0, -1).some(({ kind }) => kind === 'greedy') || new Set(names).size < names.length) {
    throw new Error(`the path of the route key "${key}" has a greedy variable that is not its last segment, or a variable twice`);
  }
  return { method, segments };
}

function parseSegment(text: string): Segment {
  const [, name, plus] = VARIABLE.exec(text) ?? [];
  if (name !== undefined) {
    return { kind: plus === undefined ? 'variable' : 'greedy', name };
  }
  if (/[{}]/.test(text)) {
    throw new Error(`the segment "${text}" of a route's path is neither a text nor a variable, such as {id} or {proxy+}`);
  }
  return { kind: 'text', text };
}

/** The variables of a request that the route takes; undefined when it takes it not. */
export function matchRoute({ method, segments }: RoutePath, request: { readonly method: string; readonly path: string }): PathVariables | undefined {
  if (method !== 'ANY' && method !== request.method) {
    return undefined;
  }
  const parts = request.path.slice(1).split('/');
  const variables = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const part = segment.kind === 'greedy' ? parts.slice(index).join('/') : parts[index];
    if (segment.kind === 'text' ? part === undefined || decode(part) !== segment.text : !part) {
      return undefined;
    }
    if (segment.kind !== 'text') {
      variables.set(segment.name, part);
    }
  }
  return segments.at(-1)!.kind === 'greedy' || parts.length === segments.length ? variables : undefined;
}

/** Orders routes by how closely they say what they take: the path first, segment by segment, then the method. */
export function compareRoutes(left: RoutePath, right: RoutePath): number {
  const length = Math.max(left.segments.length, right.segments.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(left.segments[index]) - rank(right.segments[index]);
    if (difference !== 0) {
      return difference;
    }
  }
  return Number(left.method === 'ANY') - Number(right.method === 'ANY');
}

function rank(segment: Segment | undefined): number {
  return segment === undefined ? 0 : { text: 1, variable: 2, greedy: 3 }[segment.kind];
}

/** What is no percent-encoding stands for itself. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
