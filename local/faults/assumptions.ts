import { AwsFailure, generalFailuresOf } from './aws-failures';
import { Assumption } from '../kernel/contracts';

/** What a file of faults takes for a service's own words. Their codes are documented; with which status and text they come has been seen of a few. */
export function faultAssumptions(service: string): Assumption[] {
  const failures = generalFailuresOf(service);
  return failures === undefined ? [] : [{
    about: 'What it answers where a file of faults lets it be `throttled`, `internal` and `unavailable`',
    assumed: `${failures.map(describe).join('; ')}.`,
  }];
}

function describe({ code, status, message }: AwsFailure): string {
  return `\`${code}\` (${status}), “${message.replace(/\.$/, '')}”`;
}
