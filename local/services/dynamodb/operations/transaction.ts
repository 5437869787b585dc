/** What transactions have in common: the items that they touch, and why they are cancelled. */
import { AwsError } from '../../../kernel/aws-error';
import { validationError } from '../errors';
import { keyAttributes, keyText } from '../tables/key-schema';
import { Table } from '../tables/table';
import { attributeOf, Attributes } from '../values/attribute-value';

/** How DynamoDB names the errors of actions. */
const CODES: Record<string, string> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

/** Why one action cannot be done. */
export class Reason {
  /** The reason that an error gives; anything that is no answer of DynamoDB is thrown on. */
  static of(error: unknown): Reason {
    if (error instanceof AwsError && Object.hasOwn(CODES, error.code)) {
      return new Reason(CODES[error.code], error);
    }
    throw error;
  }

  private constructor(readonly code: string, private readonly error: AwsError) {}

  describe(): object {
    return { Code: this.code, Message: this.error.message, ...this.error.members };
  }
}

/** The results of all actions, or the cancellation of the transaction. */
export function requireAll<Result>(results: readonly (Result | Reason)[]): Result[] {
  if (results.some(result => result instanceof Reason)) {
    const codes = results.map(result => result instanceof Reason ? result.code : 'None');
    const reasons = results.map(result => result instanceof Reason ? result.describe() : { Code: 'None' });
    throw new AwsError(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
      400,
      { CancellationReasons: reasons },
    );
  }
  return results as Result[];
}

/** Something that a transaction does to an item, by its key or the item itself. */
export interface Target {
  readonly table: Table;
  readonly target: Attributes;
}

/** Refuses two actions on one item; keys that do not fit the table are told of later. */
export function refuseDuplicates(targets: readonly Target[]): void {
  const seen = new Set<string>();
  for (const { table, target } of targets) {
    if (keyAttributes(table.schema).every(({ name, type }) => attributeOf(target, name)?.[type] !== undefined)) {
      const text = `${table.name}/${keyText(table.schema, target)}`;
      if (seen.has(text)) {
        throw validationError('Transaction request cannot include multiple operations on one item');
      }
      seen.add(text);
    }
  }
}
