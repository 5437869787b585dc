import { Integration } from './integration';
import { StatesError } from '../../../engines/asl';
import { HttpResponse, Principal } from '../../../kernel/contracts';

const RESOURCE = /^arn:[^:]+:states:::apigateway:invoke$/;
/** Step Functions calls no other hosts than API Gateway's own. */
const ENDPOINT = /^[0-9a-z]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;
const AUTH_TYPES = ['IAM_ROLE', 'NO_AUTH'];
/** Without credentials nothing vouches for the call. */
const NOBODY: Principal = { kind: 'service', arn: 'states.amazonaws.com' };
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const PARAMETERS = new Set(['ApiEndpoint', 'Method', 'Headers', 'Stage', 'Path', 'QueryParameters', 'RequestBody', 'AllowNullValues', 'AuthType']);

interface Parameters {
  readonly ApiEndpoint: string;
  readonly Method: string;
  readonly Headers?: Record<string, string[]>;
  readonly Stage?: string;
  readonly Path?: string;
  readonly QueryParameters?: Record<string, string[]>;
  readonly RequestBody?: unknown;
  readonly AllowNullValues?: boolean;
  readonly AuthType?: string;
}

/** Calls an API of API Gateway: the one way to post to `@connections` without code. */
export const apiGateway: Integration = {
  supports: resource => RESOURCE.test(resource),
  waits: (_, pattern) => pattern === 'waitForTaskToken',
  run: async (context, request) => {
    const parameters = validate(request.arguments);
    const principal = parameters.AuthType === 'IAM_ROLE' ? request.principal : NOBODY;
    const response = await context.send(principal, 'execute-api', {
      method: parameters.Method,
      path: pathOf(parameters),
      query: queryOf(parameters),
      headers: { ...headersOf(parameters), host: parameters.ApiEndpoint },
      body: bodyOf(parameters),
    });
    if (response.status < 200 || response.status > 299) {
      throw new StatesError(`ApiGateway.${response.status}`, response.body);
    }
    return answer(response);
  },
};

function validate(value: unknown): Parameters {
  const parameters = (value ?? {}) as Parameters;
  const unknown = Object.keys(parameters).find(name => !PARAMETERS.has(name));
  if (unknown) {
    throw runtimeError(`The field "${unknown}" is not supported by Step Functions`);
  }
  if (typeof parameters.ApiEndpoint !== 'string' || !ENDPOINT.test(parameters.ApiEndpoint)) {
    throw runtimeError("The value of the field 'ApiEndpoint' has an invalid format");
  }
  if (!METHODS.includes(parameters.Method)) {
    throw runtimeError("The value of the field 'Method' has an invalid format");
  }
  if (parameters.AuthType !== undefined && !AUTH_TYPES.includes(parameters.AuthType)) {
    throw runtimeError(`The local runtime emulates apigateway:invoke with the AuthType ${AUTH_TYPES.join(' or ')} only, received ${parameters.AuthType}`);
  }
  for (const name of ['Headers', 'QueryParameters'] as const) {
    const lists = Object.values(parameters[name] ?? {});
    if (lists.some(list => !Array.isArray(list) || list.some(item => typeof item !== 'string'))) {
      throw runtimeError(`The value of the field '${name}' has an invalid format`);
    }
  }
  return parameters;
}

function pathOf({ Stage: stage, Path: path = '' }: Parameters): string {
  const rest = path === '' || path.startsWith('/') ? path : `/${path}`;
  return `${stage === undefined ? '' : `/${stage}`}${rest}` || '/';
}

function queryOf({ QueryParameters: parameters }: Parameters): string {
  if (!parameters) {
    return '';
  }
  return new URLSearchParams(Object.entries(parameters).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))).toString();
}

function headersOf({ Headers: headers = {} }: Parameters): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(',')]));
}

/** What goes to many connections is one object, which is encoded once. */
const encoded = new WeakMap<object, string>();

/** A string is encoded like any other value, and so arrives in quotes. */
function bodyOf({ RequestBody: body, AllowNullValues: allowNull }: Parameters): string {
  if (body === undefined) {
    return '';
  }
  if (!allowNull) {
    return JSON.stringify(body, (_, value) => value === null ? undefined : value);
  }
  if (typeof body !== 'object' || body === null) {
    return JSON.stringify(body);
  }
  let text = encoded.get(body);
  if (text === undefined) {
    text = JSON.stringify(body);
    encoded.set(body, text);
  }
  return text;
}

function answer(response: HttpResponse) {
  const json = response.headers['content-type']?.includes('json') && response.body !== '';
  return {
    ...(response.body === '' ? {} : { ResponseBody: json ? JSON.parse(response.body) : response.body }),
    Headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value]])),
    StatusCode: response.status,
    StatusText: 'OK',
  };
}

function runtimeError(cause: string): StatesError {
  return new StatesError('States.Runtime', cause);
}
