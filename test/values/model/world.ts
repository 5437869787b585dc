import { ExactJson, NumberText, parseExactJson } from './exact-json';
import { ANYTHING, Expected, isInfinite, Part, Text } from './expectation';
import { Step } from '../../../src/values/body-path';
import { ValueType } from '../../../src/values/value-node';

/** What is not there. */
export const MISSING = Symbol('missing');

/** What a template is rendered with. */
export interface World {
  readonly body: string;
  readonly header: Record<string, string>;
  readonly querystring: Record<string, string>;
  readonly context: Record<string, unknown>;
  readonly stageVariables: Record<string, string>;
  /** Where a loop has come to. */
  readonly element?: ExactJson;
}

/** The JSON of a body as API Gateway reads it; undefined when it is none. */
export function documentOf({ body }: World): ExactJson | undefined {
  try {
    return parseExactJson(body, true);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** What is at a path; null is missing. */
export function at(document: ExactJson | undefined, steps: readonly Step[]): ExactJson | typeof MISSING {
  let value: ExactJson | undefined = document;
  for (const step of steps) {
    value = typeof step === 'string'
      ? value instanceof Map ? value.get(step) : undefined
      : Array.isArray(value) ? value[step as number] : undefined;
  }
  return value ?? MISSING;
}

/** JSON as API Gateway passes it on. */
export function passedOn(value: ExactJson): Expected {
  if (typeof value === 'string') {
    return new Text([value]);
  }
  if (value instanceof NumberText) {
    return isInfinite(value.text) ? null : value;
  }
  if (Array.isArray(value)) {
    return value.map(passedOn);
  }
  return value instanceof Map ? new Map([...value].map(([name, member]) => [name, passedOn(member)])) : value;
}

/** What a literal becomes. */
export function literally(value: unknown): Expected {
  if (typeof value === 'string') {
    return new Text([value]);
  }
  if (typeof value === 'number') {
    return new NumberText(JSON.stringify(value));
  }
  if (Array.isArray(value)) {
    return value.map(literally);
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value).map(([name, member]) => [name, literally(member)])) : value as null | boolean;
}

/** The JSON type of a value. */
export function typeOf(value: ExactJson): string {
  if (value === null || Array.isArray(value)) {
    return value === null ? 'null' : 'array';
  }
  return value instanceof NumberText ? 'number' : value instanceof Map ? 'object' : typeof value;
}

/** Whether a value is of the type that it is said to be. Numbers beyond a double have none. */
export function isOfType(value: ExactJson, type: ValueType): boolean {
  return type === 'json' || (typeOf(value) === type && !(value instanceof NumberText && !Number.isFinite(Number(value.text))));
}

/** A value of the service's answer as text. Java prints what is no string in ways of its own. */
export function printed(value: ExactJson): Part {
  return typeof value === 'string' ? value : value instanceof NumberText && !isInfinite(value.text) ? { json: value } : ANYTHING;
}
