/**
 * AWS's REST-JSON protocol: method and path name the operation; the input stands in the path, the query and a JSON body.
 */
import { parseInput } from './json-input';
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../kernel/contracts';

/** Method, path with its variables in braces, and the operation that they ask for. */
export type RestRoute = readonly [method: string, path: string, operation: string];

interface CompiledRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly variables: readonly string[];
  readonly operation: string;
}

/** The REST-JSON protocol of one service. Members of the query are spelled as their input's. */
export function awsRestJson(routes: readonly RestRoute[]): Protocol {
  const compiled = routes.map(compile);
  const find = ({ method, path }: HttpRequest) => compiled.find(route => route.method === method && route.pattern.test(path));

  return {
    kind: 'rest',
    accepts: request => find(request) !== undefined,

    decode(request) {
      const route = find(request);
      if (!route) {
        throw new AwsError('UnknownOperationException', '', 404);
      }
      const values = route.pattern.exec(request.path)!.slice(1).map(decodeSegment);
      const inPath = Object.fromEntries(route.variables.map((name, index) => [name, values[index]]));
      return { operation: route.operation, input: { ...request.body === '' ? {} : parseInput(request.body), ...Object.fromEntries(new URLSearchParams(request.query)), ...inPath } };
    },

    encode: (_operation, output, requestId) => respond(200, output ?? {}, requestId),

    encodeError(error, requestId) {
      const { code, message, status, members } = error instanceof AwsError ? error : new AwsError('InternalException', 'Internal server error', 500);
      return respond(code === 'AccessDeniedException' ? 403 : status, { message, ...members }, requestId, { 'x-amzn-errortype': code });
    },
  };
}

function compile([method, path, operation]: RestRoute): CompiledRoute {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return { method, operation, variables, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}/?$`) };
}

function respond(status: number, body: object, requestId: string, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers }, body: JSON.stringify(body) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
