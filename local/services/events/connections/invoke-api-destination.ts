import { ConnectionCredentials } from './connection';
import { ApiDestination, Connections } from './connections';
import { AwsError } from '../../../kernel/aws-error';
import { Operation, ServiceContext } from '../../../kernel/contracts';
import { sendRequest } from '../../../wire/http-client';

/** What a target adds to the requests of an API destination. */
export interface HttpParameters {
  /** For the asterisks of the endpoint, in their order. */
  readonly PathParameterValues?: readonly string[];
  readonly HeaderParameters?: Readonly<Record<string, string>>;
  readonly QueryStringParameters?: Readonly<Record<string, string>>;
}

interface InvokeInput {
  readonly ApiDestinationArn: string;
  readonly HttpParameters?: HttpParameters;
  readonly Body: string;
}

const TIMEOUT_MILLISECONDS = 5000;
const MAXIMUM_ANSWER_BYTES = 1024 * 1024;

/** A third party that says so, or is not well, is asked again. */
const RETRIED = [401, 407, 409, 429];

/** Not an operation of the API, but an action of IAM: what EventBridge does with the role of a target. */
export function invokeApiDestination(context: ServiceContext, connections: Connections): Operation<InvokeInput> {
  return {
    permissions: ({ ApiDestinationArn: arn }) => [{ action: 'events:InvokeApiDestination', resource: connections.destination(arn).arn }],
    handle: async (input, { principal }) => {
      if (principal.kind === 'account') {
        throw new AwsError('UnknownOperationException', '');
      }
      const destination = connections.destination(input.ApiDestinationArn);
      await call(context, destination, connections.get(destination.connectionArn).credentials, input);
      return {};
    },
  };
}

async function call(context: ServiceContext, destination: ApiDestination, credentials: ConnectionCredentials, input: InvokeInput): Promise<void> {
  const { HttpParameters: parameters = {}, Body: body } = input;
  const { httpMethod: method, name } = destination;
  const giveUp = new AbortController();
  const cancel = context.clock.schedule(TIMEOUT_MILLISECONDS, () => giveUp.abort());
  let status: number;
  try {
    ({ status } = await sendRequest({
      url: urlOf(destination, credentials, parameters),
      method,
      headers: headersOf(credentials, parameters),
      body: context.localValue(bodyOf(body, credentials)),
      maximumAnswerBytes: MAXIMUM_ANSWER_BYTES,
      signal: giveUp.signal,
    }, context.faults));
  } catch (error) {
    const reason = giveUp.signal.aborted ? 'it did not answer within 5 seconds' : (error as Error).message;
    throw new AwsError(giveUp.signal.aborted ? 'TimedOut' : 'ErrorFromTarget', `The API destination ${name} could not be reached: ${reason}`, 503);
  } finally {
    cancel();
  }
  if (status < 200 || status > 299) {
    const isRetried = RETRIED.includes(status) || status >= 500;
    throw new AwsError('ErrorFromTarget', `Unable to invoke ApiDestination endpoint: The API destination ${name} answered with the status ${status}.`, isRetried ? 503 : 400);
  }
}

/** An asterisk stands for a value that the target gives; a value cannot leave its segment. */
function urlOf({ invocationEndpoint }: ApiDestination, credentials: ConnectionCredentials, parameters: HttpParameters): URL {
  const { PathParameterValues: values = [], QueryStringParameters: query = {} } = parameters;
  const rest = [...values];
  const url = new URL(invocationEndpoint.replace(/\*/g, () => encodeURIComponent(rest.shift() ?? '')));
  Object.entries(query).forEach(([name, value]) => url.searchParams.append(name, value));
  credentials.query.forEach(([name, value]) => url.searchParams.set(name, value));
  return url;
}

function headersOf(credentials: ConnectionCredentials, { HeaderParameters: headers = {} }: HttpParameters): Record<string, string> {
  const own = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Amazon/EventBridge/ApiDestinations', 'range': 'bytes=0-1048575' };
  return Object.fromEntries(Object.entries({ ...own, ...headers, ...credentials.headers }).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The body is what the rule made of the event; what the connection adds goes into an object only. */
function bodyOf(body: string, { body: added }: ConnectionCredentials): string {
  if (Object.keys(added).length === 0) {
    return body;
  }
  const parsed: unknown = JSON.parse(body);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? JSON.stringify({ ...parsed, ...added }) : body;
}
