import { Token } from 'aws-cdk-lib';
import { DynamoDbExpressionOptions } from './dynamodb-expressions';
import { literalOf } from './request';
import { InvalidValueError } from '../validation/invalid-value-error';
import { presenceOf } from '../values/presence';
import { Value } from '../values/value';

const PLACEHOLDER = /[:#]\w+/g;

/** The members of a request for expressions and for what stands in the place of their placeholders. */
export function expressionMembers(
  expressions: Readonly<Record<string, string | undefined>>, { expressionAttributeNames: names, expressionAttributeValues: values }: DynamoDbExpressionOptions,
): Record<string, Value | undefined> {
  checkPlaceholders(Object.values(expressions).filter(expression => expression !== undefined), [...Object.keys(names ?? {}), ...Object.keys(values ?? {})]);
  return {
    ...Object.fromEntries(Object.entries(expressions).map(([name, expression]) => [name, literalOf(expression)])),
    ExpressionAttributeNames: literalOf(names),
    ExpressionAttributeValues: values && wholeAttributes('expression', values),
  };
}

/** Attributes none of which may be missing, such as those of a key. */
export function wholeAttributes(whole: string, attributes: Readonly<Record<string, Value>>): Value {
  for (const [name, { _node: node }] of Object.entries(attributes)) {
    if (presenceOf(node) !== undefined) {
      throw new InvalidValueError('attributeMissing', `${name} may be missing, but DynamoDB takes no ${whole} without it: make it required, or give it a default.`);
    }
  }
  return Value.dynamoDbAttributes(attributes);
}

/** DynamoDB refuses placeholders that stand for nothing, and also what no expression uses. */
function checkPlaceholders(expressions: readonly string[], given: readonly string[]): void {
  if (expressions.some(expression => Token.isUnresolved(expression))) {
    return;
  }
  const used = new Set(expressions.flatMap(expression => expression.match(PLACEHOLDER) ?? []));
  const unknown = [...used].find(placeholder => !given.includes(placeholder));
  if (unknown !== undefined) {
    throw new InvalidValueError('placeholderMissing', `The expression uses ${unknown}, which is among neither the expressionAttributeNames nor the expressionAttributeValues.`);
  }
  const unused = given.find(placeholder => !used.has(placeholder));
  if (unused !== undefined) {
    throw new InvalidValueError('placeholderUnused', `No expression uses ${unused}: DynamoDB refuses that. Placeholders of names begin with #, those of values with :.`);
  }
}
