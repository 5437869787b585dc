/**
 * AWS's JSON protocol: the operation is named by the header `X-Amz-Target`, input and output are JSON, and an error names its shape in `__type`.
 */
import { crc32 } from './crc32';
import { parseInput } from './json-input';
import { memberCheck, MemberTypes } from './member-types';
import { longRequestId } from './request-id';
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../kernel/contracts';

export interface AwsJsonOptions {
  readonly version: '1.0' | '1.1';
  /** What stands before the operation's name in `X-Amz-Target`, such as `DynamoDB_20120810`. */
  readonly targetPrefix: string;
  /** The operations that stand behind the prefix, emulated or not; without them, any. */
  readonly operations?: readonly string[];
  /** The namespace of the service's own error shapes, such as `com.amazonaws.dynamodb.v20120810`; without one an error is named by its code alone. */
  readonly errorNamespace?: string;
  /** How the service names a fault of its own. */
  readonly faultCode?: string;
  /** What an error was called in the query protocol that the service spoke before, which its clients go by: sent as `x-amzn-query-error`. */
  readonly queryErrorCode?: (code: string) => string;
  /** What the members of inputs are; without them, the service looks at all of it itself. */
  readonly members?: MemberTypes;
  /** Sends `x-amz-crc32`. */
  readonly checksum?: boolean;
  /**
   * Whether the service is one of those in DynamoDB's manner: with long request ids, open to browsers, and with a status of its own for requests without a
   * signature. Of those the first answers requests that name no service.
   */
  readonly isPublic?: boolean;
}

/** A JSON protocol tells its prefix, so that a request can be led to its service. */
export interface AwsJsonProtocol extends Protocol {
  readonly kind: 'json';
  readonly targetPrefix: string;
  readonly isPublic: boolean;
}

/** Errors that the framework below the services answers with, under a namespace of its own. */
const FRAMEWORK_NAMESPACES = new Map([
  ...[
    'AccessDeniedException', 'IncompleteSignatureException', 'InternalFailure', 'InvalidSignatureException', 'MissingAuthenticationTokenException',
    'SerializationException', 'UnknownOperationException', 'UnrecognizedClientException',
  ].map(code => [code, 'com.amazon.coral.service'] as const),
  ['ThrottlingException', 'com.amazon.coral.availability'],
  ['ValidationException', 'com.amazon.coral.validate'],
]);

/** The shapes that spell the member with a capital letter. */
const CAPITAL_MESSAGE = new Set(['AccessDeniedException', 'SerializationException', 'TransactionCanceledException']);

/** The JSON protocol of one service. */
export function awsJson(options: AwsJsonOptions): AwsJsonProtocol {
  const { targetPrefix, faultCode = 'InternalFailure', isPublic = false } = options;
  const operations = options.operations && new Set(options.operations);
  const check = options.members && memberCheck(options.members);
  const contentType = `application/x-amz-json-${options.version}`;

  const respond = (status: number, body: string, requestId: string): HttpResponse => ({
    status,
    headers: {
      'content-type': contentType,
      'x-amzn-requestid': isPublic ? longRequestId(requestId) : requestId,
      ...(options.checksum ? { 'x-amz-crc32': String(crc32(body)) } : {}),
    },
    body,
  });

  return {
    kind: 'json',
    targetPrefix,
    isPublic,

    accepts: ({ headers }) => {
      const target = headers['x-amz-target'] ?? '';
      return target.startsWith(`${targetPrefix}.`) && (operations?.has(target.slice(targetPrefix.length + 1)) ?? true);
    },

    decode: request => {
      const operation = operationOf(request, targetPrefix);
      if (operations && !operations.has(operation)) {
        throw unknownOperation(400);
      }
      const input = parseInput(request.body);
      check?.(input);
      return { operation, input };
    },

    encode: (_operation, output, requestId) => respond(200, stringify(output ?? {}), requestId),

    encodeError: (error, requestId) => {
      const { code, message, status, members } = error instanceof AwsError ? isPublic ? publicError(error) : error : new AwsError(faultCode, 'Internal server error', 500);
      const type = options.errorNamespace === undefined ? code : `${FRAMEWORK_NAMESPACES.get(code) ?? options.errorNamespace}#${code}`;
      const text = message === '' ? {} : { [CAPITAL_MESSAGE.has(code) ? 'Message' : 'message']: message };
      const response = respond(status, stringify({ __type: type, ...text, ...members }), requestId);
      const { queryErrorCode } = options;
      return queryErrorCode ? { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${queryErrorCode(code)};${status < 500 ? 'Sender' : 'Receiver'}` } } : response;
    },
  };
}

/** A request without a signature is a bad request there. */
function publicError(error: AwsError): AwsError {
  return error.code === 'MissingAuthenticationTokenException' ? new AwsError(error.code, 'Request is missing Authentication Token') : error;
}

function operationOf(request: HttpRequest, targetPrefix: string): string {
  const target = request.headers['x-amz-target'] ?? '';
  const operation = target.slice(targetPrefix.length + 1);
  if (request.method !== 'POST' || !target.startsWith(`${targetPrefix}.`) || !/^\w+$/.test(operation)) {
    throw unknownOperation(request.method === 'POST' ? 400 : 404);
  }
  return operation;
}

function unknownOperation(status: number): AwsError {
  return new AwsError('UnknownOperationException', '', status);
}

/** Blobs are base64 and timestamps are seconds in this protocol. A replacer makes JSON.stringify many times slower, hence only where there is a use for it. */
function stringify(output: unknown): string {
  return needsReplacer(output) ? JSON.stringify(output, replaceBinaryAndDates) : JSON.stringify(output);
}

function needsReplacer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (Array.isArray(value)) {
    return value.some(needsReplacer);
  }
  if (value instanceof Uint8Array || value instanceof Date) {
    return true;
  }
  for (const key in value) {
    if (needsReplacer((value as Record<string, unknown>)[key])) {
      return true;
    }
  }
  return false;
}

/** Looks at the holder, since a Buffer and a Date have already turned themselves into something else in `value`. */
function replaceBinaryAndDates(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (original instanceof Uint8Array) {
    return Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('base64');
  }
  return original instanceof Date ? original.getTime() / 1000 : value;
}
