/** The names and values that stand behind the placeholders of a request's expressions. */
import { AwsError } from '../../../kernel/aws-error';
import { validationError, WordedError } from '../errors';
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

  constructor(input: PlaceholderInput) {
    this.names = input.ExpressionAttributeNames ?? {};
    this.values = input.ExpressionAttributeValues ?? {};
    this.unusedNames = new Set(Object.keys(this.names));
    this.unusedValues = new Set(Object.keys(this.values));
    checkKeys('ExpressionAttributeNames', input.ExpressionAttributeNames, this.unusedNames, NAME_KEY);
    checkKeys('ExpressionAttributeValues', input.ExpressionAttributeValues, this.unusedValues, VALUE_KEY);
    this.unusedValues.forEach(key => checkNamedValue(key, this.values[key]));
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

/** Operations of the older wording name the placeholder. */
function checkNamedValue(key: string, value: AttributeValue): void {
  try {
    checkValue(value);
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    const { older, isCounted } = error instanceof WordedError ? error : { older: error.message, isCounted: true };
    throw new WordedError(error.message, `ExpressionAttributeValues contains invalid value: ${older} for key ${key}`, isCounted);
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
