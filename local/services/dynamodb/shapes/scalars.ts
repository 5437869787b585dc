/** Texts, numbers and truth values. */
import { Path, Problems } from './problems';
import { refuseCollection, serializationError, Shape, tokenOf } from './shape';

export interface StringRules {
  readonly pattern?: string;
  /** The pattern that an error shows, where it does not tell all that is taken. */
  readonly shownPattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** What the published model says of the length. */
  readonly model?: { readonly minimum?: number; readonly maximum?: number };
}

/** A text. */
export function string(rules: StringRules = {}): Shape<string> {
  const pattern = rules.pattern === undefined ? undefined : new RegExp(`^${rules.pattern}$`);
  return {
    read: readText,
    check: Object.keys(rules).length === 0 ? undefined : (value, path, problems) => {
      checkModelLength(value.length, rules.model, path, problems, () => value);
      if (rules.minimum !== undefined && value.length < rules.minimum) {
        problems.add(path.service, value, `Member must have length greater than or equal to ${rules.minimum}`);
      }
      if (rules.maximum !== undefined && value.length > rules.maximum) {
        problems.add(path.service, value, `Member must have length less than or equal to ${rules.maximum}`);
      }
      if (pattern && !pattern.test(value)) {
        problems.add(path.service, value, `Member must satisfy regular expression pattern: ${rules.shownPattern ?? rules.pattern}`);
      }
    },
    print: value => value,
  };
}

/** One of some texts. `text` is DynamoDB's word for any other, where it has one of its own, which may be told alone. */
export function oneOf<Value extends string>(values: readonly Value[], text?: string, told?: 'first'): Shape<Value> {
  return {
    read: value => readText(value) as Value,
    check: (value, path, problems) => {
      if (values.includes(value)) {
        return;
      }
      if (text === undefined) {
        problems.add(path.service, value, `Member must satisfy enum value set: [${values.join(', ')}]`);
      } else {
        problems.addText(text, told);
      }
    },
    print: value => value,
  };
}

/** A text of any value. */
export function readText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  refuseCollection(value, 'java.lang.String');
  throw serializationError(`${tokenOf(value)} cannot be converted to String`);
}

/** A truth value. */
export function boolean(): Shape<boolean> {
  return { read: readTruth, print: String };
}

/** A truth value; some texts are taken for one. */
export function readTruth(value: unknown): boolean {
  refuseCollection(value, 'java.lang.Boolean');
  if (typeof value === 'number') {
    throw serializationError(`${tokenOf(value)} cannot be converted to Boolean`);
  }
  return typeof value === 'string' ? truthOf(value) : value as boolean;
}

function truthOf(text: string): boolean {
  switch (text.toUpperCase()) {
    case 'TRUE':
    case 'YES':
    case '1':
      return true;
    case 'FALSE':
    case 'NO':
    case '0':
      return false;
    default:
      throw serializationError('Unexpected token received from parser');
  }
}

export interface IntegerRules {
  readonly minimum?: number;
  readonly maximum?: number;
  /** What the published model says. */
  readonly model?: { readonly minimum?: number; readonly maximum?: number };
}

/** A whole number; a fraction is cut off. */
export function integer(javaType: 'Integer' | 'Long', rules: IntegerRules = {}): Shape<number> {
  return {
    read: value => {
      refuseCollection(value, `java.lang.${javaType}`);
      if (typeof value !== 'number') {
        throw serializationError(`${tokenOf(value)} cannot be converted to ${javaType}`);
      }
      return Math.trunc(value);
    },
    check: (value, path, problems) => {
      if (rules.model?.minimum !== undefined && value < rules.model.minimum) {
        problems.addOfModel(path, String(value), `Member must have value greater than or equal to ${rules.model.minimum}`);
      }
      if (rules.model?.maximum !== undefined && value > rules.model.maximum) {
        problems.addOfModel(path, String(value), `Member must have value less than or equal to ${rules.model.maximum}`);
      }
      if (rules.minimum !== undefined && value < rules.minimum) {
        problems.add(path.service, String(value), `Member must have value greater than or equal to ${rules.minimum}`);
      }
      if (rules.maximum !== undefined && value > rules.maximum) {
        problems.add(path.service, String(value), `Member must have value less than or equal to ${rules.maximum}`);
      }
    },
    print: String,
  };
}

/** Notes a length that the published model does not allow. */
export function checkModelLength(length: number, rules: StringRules['model'], path: Path, problems: Problems, print: () => string): void {
  if (rules?.minimum !== undefined && length < rules.minimum) {
    problems.addOfModel(path, print(), `Member must have length greater than or equal to ${rules.minimum}`);
  }
  if (rules?.maximum !== undefined && length > rules.maximum) {
    problems.addOfModel(path, print(), `Member must have length less than or equal to ${rules.maximum}`);
  }
}
