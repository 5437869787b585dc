import { numberOf, readComparison } from './comparison';
import { readConditions } from './conjunction';
import { InvalidFilterPatternError } from './invalid-filter-pattern-error';
import { Scanner } from './scanner';

type FieldTest = (field: string) => boolean;

const ANY: FieldTest = () => true;

/** Compiles a pattern such as `[ip, ..., status = 4* && status != 403, bytes]`: one condition for each field of a line. */
export function compileSpaceDelimitedPattern(pattern: string): (message: string) => boolean {
  const scanner = new Scanner(pattern);
  scanner.expect('[');
  const fields: FieldTest[] = [];
  let ellipsis: number | undefined;
  do {
    if (scanner.accept('...')) {
      if (ellipsis !== undefined) {
        throw new InvalidFilterPatternError();
      }
      ellipsis = fields.length;
    } else {
      fields.push(readField(scanner));
    }
  } while (scanner.accept(','));
  scanner.expect(']');
  if (!scanner.isAtEnd) {
    throw new InvalidFilterPatternError();
  }
  return message => {
    const values = fieldsOf(message);
    const skipped = values.length - fields.length;
    if (skipped < 0 || (skipped > 0 && ellipsis === undefined)) {
      return false;
    }
    return fields.every((holds, index) => holds(values[index < (ellipsis ?? Infinity) ? index : index + skipped]));
  };
}

/** A name with its conditions, each of which names it again; either may be missing. */
function readField(scanner: Scanner): FieldTest {
  scanner.skipSpace();
  const name = scanner.read(/[A-Za-z_]\w*/y);
  if (name === undefined || scanner.read(/(?=\s*[,\]])/y) !== undefined) {
    return ANY;
  }
  let isFirst = true;
  return readConditions<string>(scanner, () => {
    scanner.skipSpace();
    if (!isFirst && scanner.read(/[A-Za-z_]\w*/y) !== name) {
      throw new InvalidFilterPatternError();
    }
    isFirst = false;
    const compare = readComparison(scanner);
    return field => compare(field, numberOf(field));
  });
}

/** What stands between spaces; brackets and double quotes hold a field together. */
function fieldsOf(message: string): string[] {
  const fields: string[] = [];
  const lastClosing = new Map([['[', message.lastIndexOf(']')], ['"', message.lastIndexOf('"')]]);
  const words = /\S+/g;
  for (let word = words.exec(message); word; word = words.exec(message)) {
    const opening = word[0][0];
    // Only where there is an end it is looked for, so that a line of nothing but beginnings takes no more time than another.
    const end = (lastClosing.get(opening) ?? -1) > word.index ? message.indexOf(opening === '[' ? ']' : '"', word.index + 1) : -1;
    fields.push(end < 0 ? word[0] : message.slice(word.index + 1, end));
    words.lastIndex = end < 0 ? words.lastIndex : end + 1;
  }
  return fields;
}
