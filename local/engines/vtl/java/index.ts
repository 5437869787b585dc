/** The Java that templates run on. Importing it makes the classes known. */

import './object-methods';
import './string-class';
import './array-class';
import './number-classes';
import './map-classes';
import './list-classes';

export * from './calls';
export * from './collections';
export * from './java-class';
export * from './json-text';
export * from './numbers';
export * from './values';
