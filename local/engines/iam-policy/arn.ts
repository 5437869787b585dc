/** The six segments of an ARN: `arn:partition:service:region:account:resource`. */

const SEGMENTS = 6;

/** Splits an ARN, or a pattern for ARNs; the last segment keeps its own colons. */
export function splitArn(arn: string): string[] {
  const segments = arn.split(':');
  return segments.length <= SEGMENTS ? segments : [...segments.slice(0, SEGMENTS - 1), segments.slice(SEGMENTS - 1).join(':')];
}

/** The segments of a pattern for ARNs. One that has too few is completed with `*`, as IAM does. */
export function splitArnPattern(pattern: string): string[] {
  const segments = splitArn(pattern);
  return [...segments, ...Array<string>(SEGMENTS - segments.length).fill('*')];
}
