import { ExchangeLog } from './exchange-log';
import { compileLogFormat } from './log-format';
import { logVariable } from './log-variables';
import { Exchange } from '../pipeline/exchange';
import { Outcome } from '../pipeline/outcome';

/** Makes an access log's line of what became of a request. */
export type AccessLogFormat = (exchange: Exchange, log: ExchangeLog, outcome: Outcome) => string;

/** Compiles a format; throws when it is none. */
export function compileAccessLogFormat(format: string): AccessLogFormat {
  return compileLogFormat(format, logVariable);
}
