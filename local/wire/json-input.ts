import { AwsError } from '../kernel/aws-error';

/** The input in a body of JSON. */
export function parseInput(body: string): object {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', '');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  return input;
}
