/**
 * The shapes of requests: each reads a value of its type into a fresh one, dropping members that nobody knows, and then tells what breaks a rule.
 * DynamoDB does the same in two steps, so that a value of the wrong type anywhere comes before a broken rule.
 */
import { Path, Problems } from './problems';
import { AwsError } from '../../../kernel/aws-error';

/** Structures are spoken of in other words as elements of a list or a map. */
export type Position = 'member' | 'element';

export interface Shape<Value> {
  /** Throws a SerializationException where the value is of another type. */
  read(value: unknown, position: Position): Value;
  /** Absent where the shape has no rules. */
  check?(value: Value, path: Path, problems: Problems): void;
  /** The value as Java prints it, which is how DynamoDB quotes it. */
  print(value: Value): string;
}

/** A value of a type that the member does not have. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** What Java says of a JSON value that is no text, number or truth value where one is expected. */
export function refuseCollection(value: unknown, javaType: string): void {
  if (Array.isArray(value)) {
    throw serializationError(`Unrecognized collection type class ${javaType}`);
  }
  if (typeof value === 'object') {
    throw serializationError('Start of structure or map found where not expected');
  }
}

/** How Jackson names the token of a value. */
export function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  }
  return typeof value === 'string' ? 'STRING_VALUE' : Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}
