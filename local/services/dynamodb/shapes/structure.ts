/** Structures: named members, each with a shape of its own. */
import { Path, Problems } from './problems';
import { serializationError, Shape } from './shape';
import { validationError, Wording } from '../errors';

/** A member that must be there, and how its absence is told. */
export interface Required<Value> {
  readonly shape: Shape<Value>;
  readonly absence: 'null' | 'parameter';
}

/** A member that must not be null. */
export function required<Value>(shape: Shape<Value>): Required<Value> {
  return { shape, absence: 'null' };
}

/** A member whose absence DynamoDB tells before anything else, in words of their own. */
export function requiredParameter<Value>(shape: Shape<Value>): Required<Value> {
  return { shape, absence: 'parameter' };
}

/** A shape, or a required one, for every member. */
export type Members<Value> = { readonly [Name in keyof Value]-?: Shape<NonNullable<Value[Name]>> | Required<NonNullable<Value[Name]>> };

interface Member {
  readonly name: string;
  readonly serviceName: string;
  readonly shape: Shape<unknown>;
  readonly absence?: Required<unknown>['absence'];
  /** The path where the structure is the request itself: nearly always. */
  readonly path: Path;
}

/** A structure of DynamoDB's model. The order of the members is the order in which DynamoDB complains of them. */
export function structure<Value extends object>(javaName: string, members: Members<Value>): Shape<Value> {
  const all = Object.entries(members as Members<Record<string, unknown>>).map(([name, given]): Member => {
    const serviceName = name.charAt(0).toLowerCase() + name.slice(1);
    const { shape, absence } = 'shape' in given ? given : { shape: given, absence: undefined };
    return { name, serviceName, shape, absence, path: { framework: name, service: serviceName } };
  });
  return {
    read: (value, position) => {
      if (Array.isArray(value)) {
        throw serializationError(`Unrecognized collection type class com.amazonaws.dynamodb.v20120810.${javaName}`);
      }
      if (typeof value !== 'object' || value === null) {
        throw serializationError(position === 'member' ? 'Unexpected field type' : 'Unexpected value type in payload');
      }
      const result: Record<string, unknown> = {};
      for (const { name, shape } of all) {
        const member = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
        if (member !== null && member !== undefined) {
          result[name] = shape.read(member, 'member');
        }
      }
      return result as Value;
    },
    check: (value, path, problems) => {
      for (const member of all) {
        checkMember(member, (value as Record<string, unknown>)[member.name], path, problems);
      }
    },
    print: value => `${javaName}(${all.map(({ name, serviceName, shape }) => {
      const member = (value as Record<string, unknown>)[name];
      return `${serviceName}=${member === undefined ? 'null' : shape.print(member)}`;
    }).join(', ')})`,
  };
}

function checkMember(member: Member, value: unknown, parent: Path, problems: Problems): void {
  if (value !== undefined) {
    member.shape.check?.(value, pathOf(member, parent), problems);
  } else if (member.absence === 'parameter') {
    throw validationError(`The parameter '${member.name}' is required but was not present in the request`);
  } else if (member.absence === 'null') {
    problems.add(pathOf(member, parent).service, undefined, 'Member must not be null');
  }
}

function pathOf(member: Member, parent: Path): Path {
  return parent.service === '' ? member.path : { framework: `${parent.framework}.${member.name}`, service: `${parent.service}.${member.serviceName}` };
}

const REQUEST: Path = { framework: '', service: '' };

/** Reads a whole request, and refuses it with everything that is wrong with its members. */
export function readRequest<Input extends object>(shape: Shape<Input>, input: unknown, wording: Wording): Input {
  const request = shape.read(input ?? {}, 'member');
  const problems = new Problems(wording);
  shape.check!(request, REQUEST, problems);
  problems.throwIfAny();
  return request;
}
