/**
 * The shapes of requests: each reads a value of its type into a fresh one, dropping members that nobody knows, and then tells what breaks a rule.
 * DynamoDB does the same in two steps, so that a value of the wrong type anywhere comes before a broken rule.
 */
import { Path, Problems } from './problems';
import { AwsError } from '../../../kernel/aws-error';
import { setMember } from '../values/attribute-value';

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

/** What Java says of a value where a collection is to be: within another collection, DynamoDB's reader of the outer one stumbles. */
function noCollection(value: unknown, position: Position): AwsError {
  if (typeof value === 'object') {
    return serializationError('Start of structure or map found where not expected');
  }
  return serializationError(position === 'member' ? 'Unexpected field type' : NO_CLASS);
}

const TYPE = 'sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl';
const NO_CLASS = `class ${TYPE} cannot be cast to class java.lang.Class (${TYPE} and java.lang.Class are in module java.base of loader 'bootstrap')`;

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

/** One of some texts. `text` is DynamoDB's word for any other, where it has one of its own. */
export function oneOf<Value extends string>(values: readonly Value[], text?: string): Shape<Value> {
  return {
    read: value => readText(value) as Value,
    check: (value, path, problems) => {
      if (values.includes(value)) {
        return;
      }
      if (text === undefined) {
        problems.add(path.service, value, `Member must satisfy enum value set: [${values.join(', ')}]`);
      } else {
        problems.addText(text);
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

export interface LengthRules {
  readonly minimum?: number;
  readonly maximum?: number;
  /** What the published model says of the length. */
  readonly model?: { readonly minimum?: number; readonly maximum?: number };
}

/** A list of values of one shape. */
export function list<Element>(element: Shape<Element>, rules: LengthRules = {}): Shape<Element[]> {
  const shape: Shape<Element[]> = {
    read: (value, position) => {
      if (!Array.isArray(value)) {
        throw noCollection(value, position);
      }
      // DynamoDB forgets null elements.
      return value.filter(each => each !== null && each !== undefined).map(each => element.read(each, 'element'));
    },
    check: (value, path, problems) => {
      checkModelLength(value.length, rules.model, path, problems, () => shape.print(value));
      if (rules.minimum !== undefined && value.length < rules.minimum) {
        problems.add(path.service, shape.print(value), `Member must have length greater than or equal to ${rules.minimum}`);
      }
      if (rules.maximum !== undefined && value.length > rules.maximum) {
        problems.add(path.service, shape.print(value), `Member must have length less than or equal to ${rules.maximum}`);
      }
      if (element.check) {
        value.forEach((each, index) => element.check!(each, elementPath(path, String(index + 1)), problems));
      }
    },
    print: value => `[${printed(value, each => element.print(each))}]`,
  };
  return shape;
}

export interface MapRules extends LengthRules {
  readonly keys?: KeyRules;
  /** The length of the values, which are lists. */
  readonly values?: { readonly minimum: number; readonly maximum: number };
}

/** What the names in a map must be like. */
export interface KeyRules {
  readonly pattern: string;
  readonly shownPattern?: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Told only where nothing else is wrong. */
  readonly told?: 'last';
  /** How the map is quoted, where not as Java prints it. */
  readonly print?: (value: object) => string;
}

/** Values of one shape by name. */
export function map<Value>(javaType: string, valueShape: Shape<Value>, rules: MapRules = {}): Shape<Record<string, Value>> {
  const pattern = rules.keys === undefined ? undefined : new RegExp(`^${rules.keys.pattern}$`);
  const shape: Shape<Record<string, Value>> = {
    read: (value, position) => {
      if (Array.isArray(value)) {
        throw serializationError(`Unrecognized collection type java.util.Map<java.lang.String, ${javaType}>`);
      }
      if (typeof value !== 'object' || value === null) {
        throw noCollection(value, position);
      }
      const result: Record<string, Value> = {};
      for (const name in value) {
        const member = (value as Record<string, unknown>)[name];
        if (member !== null && member !== undefined) {
          setMember(result, name, valueShape.read(member, 'element'));
        }
      }
      return result;
    },
    check: Object.keys(rules).length === 0 && valueShape.check === undefined ? undefined : (value, path, problems) => {
      const names = Object.keys(value);
      checkModelLength(names.length, rules.model, path, problems, () => shape.print(value));
      const { keys, values } = rules;
      if (values && !Object.values(value as Record<string, unknown[]>).every(({ length }) => length >= values.minimum && length <= values.maximum)) {
        problems.add(path.service, shape.print(value), `Map value must satisfy constraint: [${lengths(values)}]`);
      }
      if (keys && !names.every(name => pattern!.test(name) && name.length >= keys.minimum && name.length <= keys.maximum)) {
        const constraint = `Map keys must satisfy constraint: [${lengths(keys)}, Member must satisfy regular expression pattern: ${keys.shownPattern ?? keys.pattern}]`;
        problems.add(path.service, (keys.print ?? shape.print)(value), constraint, keys.told);
      }
      if (valueShape.check) {
        names.forEach(name => valueShape.check!(value[name], elementPath(path, name), problems));
      }
    },
    print: value => `{${printed(Object.entries(value), ([name, each]) => `${name}=${valueShape.print(each)}`)}}`,
  };
  return shape;
}

/** Beyond this, what is quoted is cut: printed, a request is many times as long as it was. */
const LONGEST_QUOTE = 64 * 1024;

/** The members of a collection as Java prints them. */
export function printed<Member>(members: readonly Member[], print: (member: Member) => string): string {
  let text = '';
  for (const [index, member] of members.entries()) {
    if (text.length > LONGEST_QUOTE) {
      return `${text}, ...`;
    }
    text += `${index > 0 ? ', ' : ''}${print(member)}`;
  }
  return text;
}

function lengths({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): string {
  return `Member must have length less than or equal to ${maximum}, Member must have length greater than or equal to ${minimum}`;
}

function checkModelLength(length: number, rules: LengthRules['model'], path: Path, problems: Problems, print: () => string): void {
  if (rules?.minimum !== undefined && length < rules.minimum) {
    problems.addOfModel(path, print(), `Member must have length greater than or equal to ${rules.minimum}`);
  }
  if (rules?.maximum !== undefined && length > rules.maximum) {
    problems.addOfModel(path, print(), `Member must have length less than or equal to ${rules.maximum}`);
  }
}

function elementPath(path: Path, name: string): Path {
  return { framework: `${path.framework}.${name}.member`, service: `${path.service}.${name}.member` };
}
