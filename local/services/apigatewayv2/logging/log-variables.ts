import { ExchangeLog } from './exchange-log';
import { responseTypeOf } from './response-type';
import { Exchange } from '../pipeline/exchange';
import { Outcome } from '../pipeline/outcome';

type VariableReader = (exchange: Exchange, log: ExchangeLog, outcome: Outcome) => unknown;

/** Of the request's context everything can be logged, and this besides. */
const VARIABLES = new Map<string, VariableReader>([
  ['status', (_exchange, _log, { status }) => status],
  ['error.message', (_exchange, _log, { error }) => error?.clientMessage],
  ['error.messageString', (_exchange, _log, { error }) => error && JSON.stringify(error.clientMessage)],
  ['error.validationErrorString', (_exchange, _log, { error }) => error?.validationErrors],
  ['error.responseType', (_exchange, _log, { error }) => error && responseTypeOf(error)],
  ['integrationErrorMessage', (_exchange, log) => log.integrationError],
  ['integration.error', (_exchange, log) => log.integrationError],
  ['integrationLatency', (_exchange, log) => log.integrationLatency],
  ['integration.latency', (_exchange, log) => log.integrationLatency],
  ['integrationStatus', (_exchange, log) => log.response?.status],
  ['integration.integrationStatus', (_exchange, log) => log.response?.status],
  ['integration.status', (_exchange, log) => log.response?.status],
  ['integration.requestId', (_exchange, log) => log.integrationRequestId],
]);

/** The reader of `$context.<name>`. What does not exist has no value: AWS does not refuse it. */
export function logVariable(name: string): VariableReader {
  const steps = name.split('.');
  return VARIABLES.get(name) ?? (({ context }) => steps.reduce<unknown>(member, context));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
