/**
 * AWS's query protocol: a form names the operation as `Action` and holds its input, and the answer is XML, or JSON for who asks for it.
 */
import { formFields, inputOf } from './query-form';
import { QueryMember, QueryShape } from './query-shape';
import { element, xmlText } from './xml';
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../kernel/contracts';

export interface AwsQueryOptions {
  /** The version of the API, which a request names. */
  readonly version: string;
  readonly namespace: string;
  /** How an operation's input and output are written; without it, inputs are texts and lists in an output have `member` elements. */
  readonly shape?: (operation: string) => QueryShape;
  /** Where requests go; `/` alone without it. What the path says may become part of the input. */
  readonly path?: { accepts(path: string): boolean; input(path: string): Record<string, unknown> };
  /** What an error is called in this protocol, where that is not its name elsewhere. */
  readonly describeError?: (error: AwsError) => AwsError;
}

/** The query protocol of one service, answered in XML. */
export function awsQuery(options: AwsQueryOptions): Protocol {
  const respond = (status: number, body: string, requestId: string): HttpResponse => ({
    status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body,
  });
  const metadata = (requestId: string) => element('ResponseMetadata', element('RequestId', xmlText(requestId)));

  return {
    ...reading(options),

    encode: (operation, output, requestId) => {
      const result = output === undefined ? '' : element(`${operation}Result`, structureContent(output as object, options.shape?.(operation) ?? {}));
      return respond(200, element(`${operation}Response`, result + metadata(requestId), ` xmlns="${options.namespace}"`), requestId);
    },

    encodeError: (error, requestId) => {
      if (error === NO_OPERATION) {
        return respond(NO_OPERATION.status, element(NO_OPERATION.code, element('Message', NO_OPERATION.message)), requestId);
      }
      const { code, message, status } = described(error, options);
      const inner = element('Type', senderOrReceiver(status)) + element('Code', xmlText(code)) + element('Message', xmlText(message));
      return respond(status, element('ErrorResponse', element('Error', inner) + element('RequestId', xmlText(requestId)), ` xmlns="${options.namespace}"`), requestId);
    },
  };
}

/** The query protocol of one service for who accepts JSON, as API Gateway does. It stands before the other in a service's list. */
export function awsQueryJson(options: AwsQueryOptions): Protocol {
  const respond = (status: number, body: unknown, requestId: string): HttpResponse => ({
    status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body: JSON.stringify(body),
  });
  const protocol = reading(options);

  return {
    ...protocol,
    accepts: request => /\bapplication\/json\b/.test(request.headers.accept ?? '') && protocol.accepts(request),

    encode: (operation, output, requestId) => {
      const result = output === undefined ? {} : { [`${operation}Result`]: jsonStructure(output as object, options.shape?.(operation) ?? {}) };
      return respond(200, { [`${operation}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } } }, requestId);
    },

    encodeError: (error, requestId) => {
      if (error === NO_OPERATION) {
        return awsQuery(options).encodeError(error, requestId);
      }
      const { code, message, status } = described(error, options);
      return respond(status, { Error: { Code: code, Message: message, Type: senderOrReceiver(status) }, RequestId: requestId }, requestId);
    },
  };
}

/** How AWS refuses what names no operation, as a form does that is not sent as one. */
const NO_OPERATION = new AwsError('AccessDeniedException', 'Unable to determine service/operation name to be authorized', 403);

const FAULT = new AwsError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500);

function reading({ version: expected, shape, path }: AwsQueryOptions): Pick<Protocol, 'kind' | 'accepts' | 'decode'> {
  return {
    kind: 'query',

    // Which service is meant, only the signature tells.
    accepts: request => (request.path === '/' || path?.accepts(request.path) === true) && formFields(request).has('Action'),

    decode: (request: HttpRequest) => {
      const fields = formFields(request);
      const operation = fields.get('Action');
      const version = fields.get('Version');
      if (operation === null) {
        throw NO_OPERATION;
      }
      if (version !== null && version !== expected) {
        throw new AwsError('InvalidAction', `Could not find operation ${operation} for version ${version}`);
      }
      fields.delete('Action');
      fields.delete('Version');
      return { operation, input: { ...path?.input(request.path), ...inputOf(fields, shape?.(operation) ?? {}) } };
    },
  };
}

function described(error: unknown, { describeError }: AwsQueryOptions): AwsError {
  return error instanceof AwsError ? describeError?.(error) ?? error : FAULT;
}

function senderOrReceiver(status: number): string {
  return status < 500 ? 'Sender' : 'Receiver';
}

function structureContent(value: object, shape: QueryShape): string {
  return Object.entries(value).filter(([, member]) => member !== undefined && member !== null).map(([name, member]) => memberContent(name, member, shape[name])).join('');
}

function memberContent(name: string, value: unknown, member: QueryMember | undefined): string {
  switch (member?.kind) {
    case 'list': return wrapped(member.element, (value as unknown[]).map(item => itemContent(item, member.members)));
    case 'map': return wrapped(member.element, Object.entries(value as object).map(([key, item]) => (
      element(member.key, xmlText(key)) + element(member.value, itemContent(item, member.members))
    )));
    case 'structure': return element(name, structureContent(value as object, member.members));
    default: return element(name, itemContent(value, undefined));
  }
}

/** Items beside one another, or within the list's own element. */
function wrapped(path: string, items: readonly string[]): string {
  const names = path.split('.');
  const inner = items.map(item => element(names[names.length - 1], item)).join('');
  return names.length === 1 ? inner : element(names[0], inner);
}

function itemContent(value: unknown, members: QueryShape | undefined): string {
  if (Array.isArray(value)) {
    return value.map(item => element('member', itemContent(item, undefined))).join('');
  }
  return typeof value === 'object' && value !== null ? structureContent(value, members ?? {}) : xmlText(String(value ?? ''));
}

/** As XML has it, maps are lists of pairs. */
function jsonStructure(value: object, shape: QueryShape): Record<string, unknown> {
  const nulls = Object.entries(shape).filter(([, { nullInJson }]) => nullInJson).map(([name, { jsonName = name }]) => [jsonName, null]);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [shape[name]?.jsonName ?? name, jsonMember(member, shape[name])]);
  return Object.fromEntries([...nulls, ...members]);
}

function jsonMember(value: unknown, member: QueryMember | undefined): unknown {
  switch (member?.kind) {
    case 'map': return Object.entries(value as object).map(([key, item]) => ({ [member.key]: key, [member.value]: jsonItem(item, member.members) }));
    case 'list': return (value as unknown[]).map(item => jsonItem(item, member.members));
    default: return value;
  }
}

function jsonItem(value: unknown, members: QueryShape | undefined): unknown {
  return members === undefined ? value : jsonStructure(value as object, members);
}
