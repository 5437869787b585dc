/** The types of parameters, and which values Java converts to them in a call. */

import { Character, MapView } from './collections';
import { ParameterType, classOf } from './java-class';
import { isInt } from './numbers';

/** int, which takes no Long. */
export const INT: ParameterType<number> = { accepts: isInt, onNull: 'no such method' };
/** char. */
export const CHAR: ParameterType<Character> = { accepts: (value) => value instanceof Character, onNull: 'no such method' };
/** A string, without which the method fails. */
export const STRING: ParameterType<string> = { accepts: (value) => typeof value === 'string', onNull: 'fail' };
/** A string or null. */
export const NULLABLE_STRING: ParameterType<string | null> = { accepts: (value) => typeof value === 'string', onNull: 'pass' };
/** Anything. */
export const OBJECT: ParameterType<unknown> = { accepts: () => true, onNull: 'pass' };
/** A list or a view of a map. */
export const COLLECTION: ParameterType<unknown[] | MapView> = {
  accepts: (value) => Array.isArray(value) || value instanceof MapView,
  onNull: 'fail',
};
/** Any kind of map. */
export const MAP: ParameterType<object> = {
  accepts: (value) => typeof value === 'object' && classOf(value).readKey !== undefined,
  onNull: 'fail',
};
