/** Importing this makes Java's classes known: each declares itself. */

import './object-methods';
import './string-class';
import './array-class';
import './number-classes';
import './map-classes';
import './list-classes';
