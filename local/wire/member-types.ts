/** The types of an input's members, by their names: a service's models name no two things of different types alike, or what is not listed is anything. */
import { AwsError } from '../kernel/aws-error';
import { Assumption } from '../kernel/contracts';

/** What the members of these names are, wherever in the input they stand. */
export interface MemberTypes {
  readonly texts?: readonly string[];
  readonly numbers?: readonly string[];
  readonly structures?: readonly string[];
  /** Lists of texts, or of structures. */
  readonly lists?: readonly string[];
  /** Maps, whose keys are data and no names of members. */
  readonly maps?: readonly string[];
}

/** For the support matrix, of services whose own texts nobody has written down. */
export const MEMBER_TYPES: Assumption = {
  about: 'The text about a member of the wrong type',
  assumed: 'SerializationException, in the words of a service of the same framework, such as `NUMBER_VALUE can not be converted to a String`.',
};

type Type = keyof MemberTypes;

const KINDS: Readonly<Record<Type, string>> = { texts: 'String', numbers: 'Integer', structures: 'Structure', lists: 'List', maps: 'Map' };

/** Makes the check of an input, which refuses it as the framework below AWS's services does, and takes members away that are null: to AWS they are absent. */
export function memberCheck(types: MemberTypes): (input: object) => void {
  const byName = new Map((Object.keys(types) as Type[]).flatMap(type => types[type]!.map(name => [name, type] as const)));
  const check = (holder: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(holder)) {
      const type = byName.get(name);
      if (value === null) {
        delete holder[name];
      } else if (type !== undefined) {
        checkMember(type, value, check);
      }
    }
  };
  return input => check(input as Record<string, unknown>);
}

function checkMember(type: Type, value: unknown, checkStructure: (value: Record<string, unknown>) => void): void {
  const kind = Array.isArray(value) ? 'lists' : typeof value === 'object' ? 'structures' : typeof value === 'string' ? 'texts' : typeof value === 'number' ? 'numbers' : undefined;
  if (kind !== (type === 'maps' ? 'structures' : type)) {
    throw unexpected(value, type);
  }
  // What a map holds is a structure, a text, or something that its reader looks at.
  const holders = type === 'structures' ? [value] : type === 'lists' ? value as unknown[] : type === 'maps' ? Object.values(value as object) : [];
  for (const holder of holders) {
    if (holder === null || Array.isArray(holder)) {
      throw unexpected(holder, 'structures');
    }
    if (typeof holder === 'object') {
      checkStructure(holder as Record<string, unknown>);
    }
  }
}

function unexpected(value: unknown, type: Type): AwsError {
  if (Array.isArray(value)) {
    return new AwsError('SerializationException', 'Start of list found where not expected');
  }
  if (typeof value === 'object' && value !== null) {
    return new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  const token = value === null ? 'NULL_VALUE' : typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : `${(typeof value).toUpperCase()}_VALUE`;
  return new AwsError('SerializationException', `${token} can not be converted to a ${KINDS[type]}`);
}
