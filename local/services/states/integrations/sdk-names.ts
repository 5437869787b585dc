import { SdkService } from './sdk-services';
import { StatesError } from '../../../engines/asl';

/** The arguments of a Task as the service takes them. */
export function sdkInput({ smallLetters, texts = [], maps = [] }: SdkService, given: unknown): unknown {
  const change = (value: unknown): unknown => Array.isArray(value) ? value.map(change) : isObject(value) ? changeMembers(value) : value;
  const changeMembers = (value: object) => mapMembers(value, (name, member) => {
    if (smallLetters) {
      refuseSmall(name);
    }
    return [smallLetters ? small(name) : name, changeMember(name, member)];
  });
  const changeMember = (name: string, member: unknown) => {
    if (texts.includes(name)) {
      return typeof member === 'string' || member === null ? member : JSON.stringify(member);
    }
    return maps.includes(name) ? member : change(member);
  };
  if (isObject(given)) {
    Object.keys(given).forEach(refuseSmall);
  }
  return change(given);
}

/** A service's answer as a Task gives it. */
export function sdkOutput({ smallLetters, maps = [], times = [] }: SdkService, answer: unknown): unknown {
  const change = (value: unknown): unknown => Array.isArray(value) ? value.map(change) : isObject(value) ? changeMembers(value) : value;
  const changeMembers = (value: object) => mapMembers(value, (given, member) => {
    const name = smallLetters ? capital(given) : given;
    if (typeof member === 'number' && times.includes(name)) {
      return [name, isoTime(member)];
    }
    return [name, maps.includes(name) ? member : change(member)];
  });
  return change(answer);
}

/** Seconds since 1970 as Java writes an instant. */
export function isoTime(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().replace('.000Z', 'Z');
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function refuseSmall(name: string): void {
  if (/^[a-z]/.test(name)) {
    throw new StatesError('States.Runtime', `The field "${name}" is not supported by Step Functions`);
  }
}

/** Undefined members go, as they would on their way through JSON. */
function mapMembers(value: object, change: (name: string, member: unknown) => [string, unknown]): object {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // Not by assignment: `__proto__` is data.
  return Object.fromEntries(members.map(([name, member]) => change(name, member)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
