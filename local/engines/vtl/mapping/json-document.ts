import { parsePermissiveJson } from './permissive-json';
import { LinkedHashMap } from '../java/collections';

/**
 * Where JSON.parse would not do: numbers that are a Double or too long to be exact, and objects with keys of digits, whose order it changes, and
 * characters U+007F, which json-smart loses in some strings.
 * It is better to take some strings for such than to look at every character.
 */
const NEEDS_CARE = /(?:^|[:,[])\s*-?(?:\d+[.eE]|\d{16})|"\d+"\s*:|\\u003\d|\u007f/;

/** Reads a JSON text into Java's values. Only a template that changes what it is given needs its objects to be maps. */
export function parseDocument(text: string, forChanges: boolean): unknown {
  if (NEEDS_CARE.test(text)) return parsePermissiveJson(text);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return parsePermissiveJson(text);
  }
  return forChanges ? withMaps(document) : document;
}

/** Replaces objects by maps, without recursion: JSON.parse puts no limit to nesting. */
function withMaps(document: unknown): unknown {
  const holder: unknown[] = [document];
  const pending: Array<unknown[] | LinkedHashMap> = [holder];
  for (let container = pending.pop(); container; container = pending.pop()) {
    for (const [key, value] of Array.from(container.entries())) {
      if (typeof value !== 'object' || value === null) continue;
      const converted = Array.isArray(value) ? value as unknown[] : LinkedHashMap.ofRecord(value);
      pending.push(converted);
      if (container instanceof LinkedHashMap) {
        container.set(key, converted);
      } else {
        container[key as number] = converted;
      }
    }
  }
  return holder[0];
}
