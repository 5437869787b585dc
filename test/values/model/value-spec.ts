import { Expected, Part, Text } from './expectation';
import { MISSING, World } from './world';
import { Value } from '../../../src';
import { Step } from '../../../src/values/body-path';
import { ValueType } from '../../../src/values/value-node';

/** A field of the message that a value takes. */
export interface Field {
  readonly steps: readonly Step[];
  readonly type: ValueType;
  readonly isOptional: boolean;
}

/** A value, and what must become of it: told without the code under test. */
export interface Spec {
  readonly value: Value;
  /** What it is as JSON. */
  readonly json: (world: World) => Expected | typeof MISSING;
  /** What it is inside of a text. */
  readonly text: (world: World) => readonly Part[] | typeof MISSING;
  /** What it is as an attribute of DynamoDB, if it can be one. */
  readonly attribute?: (world: World) => Expected | typeof MISSING;
  /** The fields of the message that it takes. */
  readonly fields: readonly Field[];
  /** Whether a part of it may be missing. */
  readonly mayMiss: boolean;
  /** The same, where it may be missing; a list and what has a default never are. */
  readonly loosened?: () => Spec;
  /** Whether API Gateway can encode it. */
  readonly isEncodable?: boolean;
}

/** The same, but optional, if it can be. */
export function optionalOf({ mayMiss, loosened }: Spec): Spec | undefined {
  return mayMiss ? loosened?.() : undefined;
}

/** As a part of what is optional. */
export function loosenedOf(spec: Spec): Spec {
  return optionalOf(spec) ?? spec;
}

/** What must become of a value that is a string in JSON and in DynamoDB. */
export function stringSpec(text: Spec['text'], rest: Omit<Spec, 'json' | 'text' | 'attribute'>): Spec {
  const json: Spec['json'] = world => given(text(world), parts => new Text(parts));
  return { ...rest, text, json, attribute: typed('S', json) };
}

/** What is made of something, unless it is missing. */
export function given<T, U>(value: T | typeof MISSING, make: (value: T) => U): U | typeof MISSING {
  return value === MISSING ? MISSING : make(value as T);
}

/** As DynamoDB writes it. */
export function typed(type: string, json: Spec['json']): Spec['json'] {
  return world => given(json(world), value => new Map([[type, value]]));
}

/** Without what is missing. */
export function there<T>(values: ReadonlyArray<T | typeof MISSING>): T[] {
  return values.filter((value): value is T => value !== MISSING);
}
