/** Which members of a request go together. */
import { WordedError, validationError } from '../errors';

export interface ExpressionParameters {
  /** The request. */
  readonly input: object;
  /** Its members that hold expressions. */
  readonly expressions: readonly string[];
  /** Its members from before there were expressions. */
  readonly legacy: readonly string[];
  /** Whether an error still tells which expressions are missing. */
  readonly namesMissing?: boolean;
}

/** Refuses a request that mixes expressions with what was before them, or has placeholders for none. */
export function checkExpressionParameters({ input, expressions, legacy, namesMissing }: ExpressionParameters): void {
  const members = input as Readonly<Record<string, unknown>>;
  const given = expressions.filter(name => members[name] !== undefined);
  const givenLegacy = legacy.filter(name => members[name] !== undefined);
  if (given.length > 0 && givenLegacy.length > 0) {
    throw validationError('Can not use both expression and non-expression parameters in the same request: '
      + `Non-expression parameters: {${givenLegacy.join(', ')}} Expression parameters: {${given.join(', ')}}`);
  }
  if (members.ExpressionAttributeNames !== undefined && given.length === 0) {
    throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  }
  const withValues = expressions.filter(name => name !== 'ProjectionExpression');
  if (members.ExpressionAttributeValues !== undefined && !withValues.some(name => given.includes(name))) {
    const message = 'ExpressionAttributeValues can only be specified when using expressions';
    const older = `${message}: ${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null`;
    throw new WordedError(namesMissing ? older : message, older);
  }
}
