/** The names and values that stand behind the placeholders of a request's expressions. */
import { AwsError } from '../../../kernel/aws-error';
import { validationError } from '../errors';
import { attributeOf, AttributeValue, Attributes } from '../values/attribute-value';
import { checkValue } from '../values/check-value';

const NAME_KEY = /^#[0-9a-zA-Z_]+$/;
const VALUE_KEY = /^:[0-9a-zA-Z_]+$/;

/** What a request tells of its placeholders. */
export interface PlaceholderInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Attributes;
}

export class Placeholders {
  private readonly names: Readonly<Record<string, string>>;
  private readonly values: Attributes;
  private readonly unusedNames: Set<string>;
  private readonly unusedValues: Set<string>;

  /** Where errors are `named`, what is wrong with a value is told with its placeholder, as reads do. */
  constructor(input: PlaceholderInput, errors: 'plain' | 'named' = 'plain') {
    this.names = input.ExpressionAttributeNames ?? {};
    this.values = input.ExpressionAttributeValues ?? {};
    this.unusedNames = new Set(Object.keys(this.names));
    this.unusedValues = new Set(Object.keys(this.values));
    checkKeys('ExpressionAttributeNames', input.ExpressionAttributeNames, this.unusedNames, NAME_KEY);
    checkKeys('ExpressionAttributeValues', input.ExpressionAttributeValues, this.unusedValues, VALUE_KEY);
    for (const key of this.unusedValues) {
      if (errors === 'named') {
        checkNamedValue(key, this.values[key]);
      } else {
        checkValue(this.values[key]);
      }
    }
  }

  name(placeholder: string): string | undefined {
    this.unusedNames.delete(placeholder);
    return Object.hasOwn(this.names, placeholder) ? this.names[placeholder] : undefined;
  }

  value(placeholder: string): AttributeValue | undefined {
    this.unusedValues.delete(placeholder);
    return attributeOf(this.values, placeholder);
  }

  /** Refuses placeholders that no expression has used. */
  refuseUnused(): void {
    refuseAny('ExpressionAttributeNames', this.unusedNames);
    refuseAny('ExpressionAttributeValues', this.unusedValues);
  }
}

function checkNamedValue(key: string, value: AttributeValue): void {
  try {
    checkValue(value);
  } catch (error) {
    throw error instanceof AwsError ? validationError(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`) : error;
  }
}

function checkKeys(member: string, given: object | undefined, keys: ReadonlySet<string>, pattern: RegExp): void {
  if (given !== undefined && keys.size === 0) {
    throw validationError(`${member} must not be empty`);
  }
  for (const key of keys) {
    if (!pattern.test(key)) {
      throw validationError(`${member} contains invalid key: Syntax error; key: "${key}"`);
    }
  }
}

function refuseAny(member: string, unused: ReadonlySet<string>): void {
  if (unused.size > 0) {
    throw validationError(`Value provided in ${member} unused in expressions: keys: {${[...unused].join(', ')}}`);
  }
}
