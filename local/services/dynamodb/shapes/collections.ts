/** Lists and maps. */
import { Path } from './problems';
import { checkModelLength } from './scalars';
import { Position, serializationError, Shape } from './shape';
import { AwsError } from '../../../kernel/aws-error';
import { setMember } from '../values/attribute-value';

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

function elementPath(path: Path, name: string): Path {
  return { framework: `${path.framework}.${name}.member`, service: `${path.service}.${name}.member` };
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
