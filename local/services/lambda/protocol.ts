import { InvokeOutput } from './operations/invoke';
import { AwsError } from '../../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../../kernel/contracts';

const VERSION = '/2015-03-31/functions';

/** Method, path below the functions, and the operation that they ask for. */
const ROUTES: ReadonlyArray<readonly [method: string, path: RegExp, operation: string]> = [
  ['POST', /^\/([^/]+)\/invocations$/, 'Invoke'],
  ['GET', /^\/?$/, 'ListFunctions'],
  ['GET', /^\/([^/]+)$/, 'GetFunction'],
  ['GET', /^\/([^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^\/([^/]+)\/policy$/, 'GetPolicy'],
];

/** Lambda's REST API, in the version that has functions. */
export const lambdaProtocol: Protocol = {
  kind: 'rest',

  accepts: ({ path }) => /^\/20\d\d-\d\d-\d\d\//.test(path),

  decode(request) {
    const below = request.path.startsWith(VERSION) ? request.path.slice(VERSION.length) : undefined;
    for (const [method, path, operation] of ROUTES) {
      const match = below !== undefined && request.method === method ? path.exec(below) : null;
      if (match) {
        return { operation, input: inputOf(operation, match[1], request) };
      }
    }
    throw new AwsError('NotImplemented', `The local runtime does not emulate lambda's ${request.method} ${request.path}.`, 501);
  },

  encode(operation, output, requestId) {
    return operation === 'Invoke' ? encodeInvoke(output as InvokeOutput, requestId) : json(200, output, requestId);
  },

  encodeError(error, requestId) {
    const { code, message, status, members } = error instanceof AwsError ? error : new AwsError('ServiceException', 'Internal server error', 500);
    const isDenied = code === 'AccessDeniedException';
    return json(isDenied ? 403 : status, { Message: message, ...members }, requestId, { 'x-amzn-errortype': code });
  },
};

function inputOf(operation: string, encodedName: string | undefined, { headers, query, body }: HttpRequest): object {
  const parameters = new URLSearchParams(query);
  const parameter = (name: string) => parameters.get(name) ?? undefined;
  if (operation === 'ListFunctions') {
    return { MaxItems: parameter('MaxItems'), Marker: parameter('Marker') };
  }
  const named = { FunctionName: decode(encodedName!), Qualifier: parameter('Qualifier') };
  return operation !== 'Invoke' ? named : {
    ...named,
    InvocationType: headers['x-amz-invocation-type'],
    LogType: headers['x-amz-log-type'],
    ClientContext: headers['x-amz-client-context'],
    Payload: body,
  };
}

function encodeInvoke({ StatusCode, Payload = '', FunctionError, LogResult, ExecutedVersion }: InvokeOutput, requestId: string): HttpResponse {
  return {
    status: StatusCode,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...(FunctionError === undefined ? {} : { 'x-amz-function-error': FunctionError }),
      ...(LogResult === undefined ? {} : { 'x-amz-log-result': LogResult }),
      ...(ExecutedVersion === undefined ? {} : { 'x-amz-executed-version': ExecutedVersion }),
    },
    body: Payload,
  };
}

function json(status: number, body: unknown, requestId: string, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers }, body: JSON.stringify(body) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
