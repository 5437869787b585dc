/**
 * AWS's query protocol: a form names the operation as `Action` and holds its input, and the answer is XML.
 */
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../kernel/contracts';

export interface AwsQueryOptions {
  /** The version of the API, which a request names. */
  readonly version: string;
  readonly namespace: string;
}

/** The query protocol of one service. Inputs are the form's fields; lists in an output become `member` elements. */
export function awsQuery(options: AwsQueryOptions): Protocol {
  const respond = (status: number, body: string, requestId: string): HttpResponse => ({
    status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body,
  });

  return {
    kind: 'query',

    // Which service is meant, only the signature tells.
    accepts: request => request.path === '/' && formOf(request).Action !== undefined,

    decode: request => {
      const { Action: operation, Version: version, ...input } = formOf(request);
      if (operation === undefined) {
        throw new AwsError('MissingAction', 'Missing Action');
      }
      if (version !== undefined && version !== options.version) {
        throw new AwsError('InvalidAction', `Could not find operation ${operation} for version ${version}`);
      }
      return { operation, input };
    },

    encode: (operation, output, requestId) => respond(200, element(
      `${operation}Response`,
      element(`${operation}Result`, content(output)) + element('ResponseMetadata', element('RequestId', text(requestId))),
      ` xmlns="${options.namespace}"`,
    ), requestId),

    encodeError: (error, requestId) => {
      const { code, message, status } = error instanceof AwsError ? error : FAULT;
      const described = element('Type', status < 500 ? 'Sender' : 'Receiver') + element('Code', text(code)) + element('Message', text(message));
      return respond(status, element('ErrorResponse', element('Error', described) + element('RequestId', text(requestId)), ` xmlns="${options.namespace}"`), requestId);
    },
  };
}

const FAULT = new AwsError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500);

function formOf(request: HttpRequest): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request.body === '' ? request.query : request.body));
}

function content(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(item => element('member', content(item))).join('');
  }
  if (typeof value === 'object') {
    return Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => element(name, content(member))).join('');
  }
  return text(String(value));
}

function element(name: string, inner: string, attributes: string = ''): string {
  return `<${name}${attributes}>${inner}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML has no way to write most control characters: they become the mark for what cannot be shown. */
function text(value: string): string {
  // eslint-disable-next-line no-control-regex
  return value.replace(/[&<>"']/g, character => ENTITIES[character]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
