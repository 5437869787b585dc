import { createObject } from './json-model';
import { PathScanner } from './path-scanner';

const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/** Reads a JSON literal as Jayway's parser does: strings may be in single quotes, and inside brackets a bare word is a string. */
export function readLiteral(scanner: PathScanner): unknown {
  scanner.skipBlanks();
  const character = scanner.current;
  if (character === '"' || character === '\'') return scanner.readString();
  if (character === '[') return scanner.nest(() => readArray(scanner));
  if (character === '{') return scanner.nest(() => readObject(scanner));
  const number = readNumber(scanner);
  if (number !== undefined) return number;
  const start = scanner.position;
  const word = scanner.readWhile((next) => /[a-zA-Z]/.test(next));
  switch (word) {
    case 'true': return true;
    case 'false': return false;
    case 'null': return null;
    default: return scanner.fail(word ? `"${word}" is neither a value nor a path` : 'Expected a value', start);
  }
}

function readNumber(scanner: PathScanner): number | undefined {
  NUMBER.lastIndex = scanner.position;
  const match = NUMBER.exec(scanner.text);
  if (!match) return undefined;
  scanner.position += match[0].length;
  return Number(match[0]);
}

function readArray(scanner: PathScanner): unknown[] {
  scanner.expect('[');
  const items: unknown[] = [];
  if (scanner.accept(']')) return items;
  do items.push(readMember(scanner)); while (scanner.accept(','));
  scanner.expect(']');
  return items;
}

function readObject(scanner: PathScanner): Record<string, unknown> {
  scanner.expect('{');
  const entries: Array<[string, unknown]> = [];
  if (scanner.accept('}')) return createObject(entries);
  do {
    const name = readMember(scanner);
    scanner.expect(':');
    entries.push([String(name), readMember(scanner)]);
  } while (scanner.accept(','));
  scanner.expect('}');
  return createObject(entries);
}

function readMember(scanner: PathScanner): unknown {
  scanner.skipBlanks();
  const start = scanner.position;
  if (/["'[{]/.test(scanner.current)) return readLiteral(scanner);
  const text = scanner.readWhile((next) => !/[,\]}:]/.test(next)).trim();
  if (text === '') scanner.fail('Expected a value', start);
  const nested = new PathScanner(text);
  try {
    const value = readLiteral(nested);
    return nested.atEnd ? value : text;
  } catch {
    return text;
  }
}
