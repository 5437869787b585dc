import { AnswerFailure } from './answer-failure';
import { ErrorFrame } from './error-frame';
import { errorFrame, REJECTED, TOO_MANY_REQUESTS, UNAVAILABLE } from './error-frames';
import { Response } from './response';
import { renderJson } from '../values/render';

/** What a client is told when the service's answer has a certain status. */
export interface StatusResponse {
  /** `$default`, or a regular expression between slashes that the service's HTTP status matches. */
  readonly key: string;
  /** Velocity template of the frame; without one the service's own answer is passed on. */
  readonly template?: string;
}

const SUCCESS = '/2\\d\\d/';

/** JSON protocols name an error by its shape, the others by a code. */
const ERROR_NAME = '$!input.path(\'$.__type\')$!input.path(\'$.Error.Code\')';

/** Some services answer in XML, and what stands before a service in HTML. */
const ERROR_NAME_IN_XML = '$input.body.replaceAll(\'(?s).*<Code>([^<]*)</Code>.*\', \'$1\')';

/** How services say that they are asked too often, or for the same thing at once. */
const THROTTLED = 'Throttl|ThroughputExceeded|RequestLimitExceeded|ExecutionLimitExceeded|TooManyRequests|TransactionConflict|TransactionInProgress';

/** What the author of the application has to mend, not the client. */
const MISCONFIGURED = 'AccessDenied|NotAuthorized|AuthorizationError|UnrecognizedClient|InvalidClientToken|ResourceNotFound|DoesNotExist|NonExistent|NotFound';

/** The responses of a route that clients send messages to. */
export function messageResponses(response: Response, failures: readonly AnswerFailure[], errorDetail?: string): StatusResponse[] {
  const { _success: success, _errors: errors } = response;
  if (!success) {
    return [];
  }
  const told = (frame: ErrorFrame) => renderJson(errorFrame(errors.get(frame.code) ?? frame));
  const named = (assignment: string, otherwise: string) => namedErrors(assignment, errors, otherwise);
  const frame = success.kind === 'body' ? undefined : renderJson(success.value);
  return [
    { key: SUCCESS, template: failures.length === 0 ? frame : afterFailures(failures, frame ?? '$input.body', told, named) },
    { key: '/4\\d\\d/', template: named(errorOf(errorDetail), clientErrors(told)) },
    { key: '$default', template: told(UNAVAILABLE) },
  ];
}

/**
 * The responses of `$connect`. Only a success has one: where no key matches, API Gateway refuses the connection, and a catch-all would let it in.
 */
export function connectResponses(failures: readonly AnswerFailure[]): StatusResponse[] {
  const refused = failures.map(({ _condition }) => `(${_condition})`).join(' || ');
  return [{ key: SUCCESS, template: refused === '' ? undefined : `#if(${refused}){"statusCode":500}#{else}{"statusCode":200}#{end}` }];
}

type Teller = (frame: ErrorFrame) => string;

function afterFailures(failures: readonly AnswerFailure[], success: string, told: Teller, named: (assignment: string, otherwise: string) => string): string {
  const branches = failures.map(({ _condition, _frame, _error }) => {
    return `(${_condition})${_error === undefined ? told(_frame) : named(`#set($error = "$!${_error.slice(1)}")`, told(_frame))}`;
  });
  return `#if${branches.join('#elseif')}#{else}${success}#{end}`;
}

/** Gives the variable `$error` the name of an error, after what tells more of it. */
function errorOf(detail: string | undefined): string {
  const more = detail === undefined ? '' : `$!input.path('${detail}')`;
  return `#if($input.body.startsWith("{"))#set($error = "${more}${ERROR_NAME}")#{else}#set($error = ${ERROR_NAME_IN_XML})#{end}`;
}

function namedErrors(assignment: string, errors: ReadonlyMap<string, ErrorFrame>, otherwise: string): string {
  // A name may stand behind a prefix, such as `com.amazonaws.dynamodb.v20120810#`, but is never the end of a longer one.
  const is = (error: string) => `$error.matches("(?s)(.*[^A-Za-z0-9_])?${error.replaceAll('.', '[.]')}")`;
  const branches = [...errors].map(([error, frame], index) => `${index === 0 ? '#if' : '#elseif'}(${is(error)})${renderJson(errorFrame(frame))}`);
  const chosen = branches.length === 0 ? otherwise : `${branches.join('')}#{else}${otherwise}#{end}`;
  return chosen.includes('$error.') ? `${assignment}${chosen}` : chosen;
}

function clientErrors(told: Teller): string {
  const matches = (names: string) => `$error.matches("(?s).*(${names}).*")`;
  return `#if(${matches(THROTTLED)})${told(TOO_MANY_REQUESTS)}#elseif(${matches(MISCONFIGURED)})${told(UNAVAILABLE)}#{else}${told(REJECTED)}#{end}`;
}
