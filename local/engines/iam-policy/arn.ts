/** The six segments of an ARN: `arn:partition:service:region:account:resource`. */

const SEGMENTS = 6;

/** Splits an ARN, or a pattern for ARNs; the last segment keeps its own colons. */
export function splitArn(arn: string): string[] {
  const segments = arn.split(':');
  return segments.length <= SEGMENTS ? segments : [...segments.slice(0, SEGMENTS - 1), segments.slice(SEGMENTS - 1).join(':')];
}

/** The account in an ARN; undefined when it has no such segment. Asked for every request, and so found without splitting. */
export function accountIn(arn: string): string | undefined {
  let start = 0;
  for (let segment = 0; segment < 4; segment++) {
    const colon = arn.indexOf(':', start);
    if (colon < 0) return undefined;
    start = colon + 1;
  }
  const end = arn.indexOf(':', start);
  return arn.slice(start, end < 0 ? undefined : end);
}

/** The segments of a pattern for ARNs. One that has too few is completed with `*`, as IAM does. */
export function splitArnPattern(pattern: string): string[] {
  const segments = splitArn(pattern);
  return [...segments, ...Array<string>(SEGMENTS - segments.length).fill('*')];
}
