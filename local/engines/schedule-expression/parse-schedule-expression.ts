import { parseAt } from './at';
import { parseCron } from './cron';
import { InvalidScheduleExpressionError } from './invalid-schedule-expression-error';
import { parseRate } from './rate';
import { ScheduleExpression } from './schedule-expression';

const EXPRESSION = /^(rate|cron|at)\((.*)\)$/;

/** Reads a schedule expression; throws InvalidScheduleExpressionError. `cron` and `at` are in UTC when no time zone is given. */
export function parseScheduleExpression(expression: string, timeZone: string = 'UTC'): ScheduleExpression {
  const match = EXPRESSION.exec(expression);
  const refuse = (reason: string) => new InvalidScheduleExpressionError(expression, reason);
  switch (match?.[1]) {
    case 'rate': return parseRate(match[2], refuse);
    case 'cron': return parseCron(match[2], timeZone, refuse);
    case 'at': return parseAt(match[2], timeZone, refuse);
    default: throw refuse('it has to be rate(…), cron(…) or at(…)');
  }
}
