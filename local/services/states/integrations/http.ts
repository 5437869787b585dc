import { Integration, TaskRequest } from './integration';
import { StatesError } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';
import { IncomingAnswer, sendRequest } from '../../../wire/http-client';

const RESOURCE = /^arn:[^:]+:states:::http:invoke$/;
const PARAMETERS = new Set(['ApiEndpoint', 'Method', 'Authentication', 'InvocationConfig', 'Headers', 'QueryParameters', 'RequestBody', 'Transform']);
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
const TIMEOUT_MILLISECONDS = 60_000;
const MAXIMUM_ANSWER_BYTES = 262_144;

/** Plain HTTP is for servers on this machine. */
const ENDPOINT = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$))/;

interface Parameters {
  readonly ApiEndpoint: string;
  readonly Method: string;
  readonly Authentication?: { readonly ConnectionArn?: string };
  readonly InvocationConfig?: { readonly ConnectionArn?: string };
  readonly Headers?: Readonly<Record<string, unknown>>;
  readonly QueryParameters?: Readonly<Record<string, unknown>>;
  readonly RequestBody?: unknown;
  readonly Transform?: { readonly RequestBodyEncoding?: string };
}

interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly body: Readonly<Record<string, string>>;
}

/** Calls a third party, with the credentials of an EventBridge connection. */
export const http: Integration = {
  supports: resource => RESOURCE.test(resource),
  run: async (context, request) => {
    const parameters = validate(request.arguments);
    const credentials = await allowedCredentials(context, request, parameters);
    const answer = await send(context, parameters, credentials);
    const output = describe(answer);
    if (answer.status < 200 || answer.status > 299) {
      throw new StatesError(`States.Http.StatusCode.${answer.status}`, JSON.stringify(output));
    }
    return output;
  },
};

function validate(value: unknown): Parameters {
  const parameters = (value ?? {}) as Parameters;
  const unknown = Object.keys(parameters).find(name => !PARAMETERS.has(name));
  if (unknown !== undefined) {
    throw runtimeError(`The field "${unknown}" is not supported by Step Functions`);
  }
  if (typeof parameters.ApiEndpoint !== 'string' || !ENDPOINT.test(parameters.ApiEndpoint)) {
    throw runtimeError(`The value of the field 'ApiEndpoint' has to be an https URL, or an http URL of this machine; received ${JSON.stringify(parameters.ApiEndpoint)}`);
  }
  if (!METHODS.includes(parameters.Method)) {
    throw runtimeError("The value of the field 'Method' has an invalid format");
  }
  if (typeof connectionOf(parameters) !== 'string') {
    throw runtimeError("The field 'InvocationConfig.ConnectionArn' is required but was missing");
  }
  return parameters;
}

function connectionOf({ Authentication: authentication, InvocationConfig: configuration = authentication }: Parameters): string | undefined {
  return configuration?.ConnectionArn;
}

/** Both what the role may call, and the credentials that it may use. */
async function allowedCredentials(context: ServiceContext, { principal }: TaskRequest, parameters: Parameters): Promise<Credentials> {
  const { ApiEndpoint: endpoint, Method: method } = parameters;
  const input = { stateMachineArn: principal.sourceArn, endpoint, method };
  try {
    await context.invoke({ principal, service: 'states', operation: 'InvokeHTTPEndpoint', input });
    return await context.invoke({ principal, service: 'events', operation: 'RetrieveConnectionCredentials', input: { ConnectionArn: connectionOf(parameters) } }) as Credentials;
  } catch (error) {
    throw error instanceof AwsError ? new StatesError(`Events.${error.code}`, error.message) : error;
  }
}

async function send(context: ServiceContext, parameters: Parameters, credentials: Credentials): Promise<IncomingAnswer> {
  const url = new URL(parameters.ApiEndpoint);
  for (const [name, value] of Object.entries(parameters.QueryParameters ?? {})) {
    [value].flat().forEach(each => url.searchParams.append(name, String(each)));
  }
  credentials.query.forEach(([name, value]) => url.searchParams.set(name, value));
  const isForm = parameters.Transform?.RequestBodyEncoding === 'URL_ENCODED';
  const headers = {
    'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    'user-agent': 'Amazon|StepFunctions|HttpInvoke|us-east-1',
    'range': `bytes=0-${MAXIMUM_ANSWER_BYTES}`,
    ...headersOf(parameters.Headers),
    ...lowerCase(credentials.headers),
  };
  const giveUp = new AbortController();
  const cancel = context.clock.schedule(TIMEOUT_MILLISECONDS, () => giveUp.abort(new Error('The request did not complete within 60 seconds.')));
  try {
    return await sendRequest({
      url,
      method: parameters.Method,
      headers,
      body: bodyOf(context, parameters, credentials, isForm),
      maximumAnswerBytes: MAXIMUM_ANSWER_BYTES,
      signal: giveUp.signal,
    }, context.faults);
  } catch (error) {
    throw new StatesError('States.Http.Socket', giveUp.signal.aborted ? String((giveUp.signal.reason as Error).message) : (error as Error).message);
  } finally {
    cancel();
  }
}

/** What the connection adds wins over what the state says. */
function bodyOf({ localValue }: ServiceContext, { RequestBody: body }: Parameters, credentials: Credentials, isForm: boolean): string {
  const added = Object.keys(credentials.body).length > 0;
  if (body === undefined && !added) {
    return '';
  }
  const merged = added ? { ...body as object, ...credentials.body } : body;
  if (isForm) {
    const fields = Object.entries(merged as object).flatMap(([name, value]) => {
      return [value].flat().map((each): [string, string] => [name, localValue(String(each))]);
    });
    return new URLSearchParams(fields).toString();
  }
  return localValue(typeof merged === 'string' ? merged : JSON.stringify(merged));
}

function headersOf(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return lowerCase(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])));
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function describe({ status, statusText, headers, body }: IncomingAnswer): object {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { ResponseBody: parsed(body, headers['content-type']), Headers: lists, StatusCode: status, StatusText: statusText };
}

function parsed(body: string, contentType: string = ''): unknown {
  if (!contentType.includes('json')) {
    return body;
  }
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function runtimeError(cause: string): StatesError {
  return new StatesError('States.Runtime', cause);
}
