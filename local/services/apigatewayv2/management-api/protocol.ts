import { AwsError } from '../../../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../../../kernel/contracts';

/** What every operation of the management API is about. */
export interface ConnectionInput {
  readonly apiId: string;
  readonly stage: string;
  readonly connectionId: string;
}

export interface PostInput extends ConnectionInput {
  readonly data: string;
}

const OPERATIONS: Record<string, string> = { POST: 'PostToConnection', GET: 'GetConnection', DELETE: 'DeleteConnection' };
const API_HOST = /^([a-z0-9]+)\.execute-api\./i;
/** Matches whatever comes. */
const PATH = /^\/?([^/]*)(?:\/([^/]*)(?:\/(.*))?)?$/s;

/** How the data plane speaks HTTP: the management API of connections, and what a WebSocket API says to any other request. */
export const managementProtocol: Protocol = {
  kind: 'api',

  accepts: () => true,

  decode(request) {
    const apiId = API_HOST.exec(request.headers.host ?? '')?.[1].toLowerCase();
    const [, stage, encodedCollection = '', connectionId = ''] = PATH.exec(request.path)!;
    const collection = decodePart(encodedCollection);
    const operation = Object.hasOwn(OPERATIONS, request.method) ? OPERATIONS[request.method] : undefined;
    if (apiId === undefined || operation === undefined || collection !== '@connections' || connectionId === '') {
      throw refuse(request, collection);
    }
    const input: ConnectionInput = { apiId, stage: decodePart(stage), connectionId: decodePart(connectionId) };
    return { operation, input: operation === 'PostToConnection' ? { ...input, data: request.body } : input };
  },

  encode(operation, output, requestId) {
    if (operation === 'GetConnection') {
      return response(200, JSON.stringify(output), requestId);
    }
    return response(operation === 'DeleteConnection' ? 204 : 200, '', requestId);
  },

  encodeError(error, requestId) {
    if (!(error instanceof AwsError)) {
      return response(500, JSON.stringify({ message: 'Internal server error' }), requestId, 'InternalServerErrorException');
    }
    if (/^AccessDenied(Exception)?$/.test(error.code)) {
      // IAM's refusals, unlike all others, spell the member with a capital.
      return response(403, JSON.stringify({ Message: error.message }), requestId, 'AccessDeniedException');
    }
    return response(error.status, error.message === '' ? '' : JSON.stringify({ message: error.message, ...error.members }), requestId, error.code);
  },
};

function response(status: number, body: string, requestId: string, errorType?: string): HttpResponse {
  return {
    status,
    headers: {
      'x-amzn-requestid': requestId,
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body,
  };
}

/** A WebSocket API has nothing else to say over plain HTTP. */
function refuse({ method, path }: HttpRequest, collection: string): AwsError {
  if (method === 'GET' && collection !== '@connections') {
    return new AwsError('UpgradeRequiredException', 'Upgrade Required', 426);
  }
  return new AwsError('NotFoundException', `No method found matching route ${path.replace(/^\/[^/]*\/?/, '')} for http method ${method}.`, 404);
}

function decodePart(part: string): string {
  if (!part.includes('%')) {
    return part;
  }
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
