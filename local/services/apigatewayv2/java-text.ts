/** How a JSON value prints in Java, which is what selection expressions compare. */

const MAXIMUM_DEPTH = 100;

/** Text as it is, nothing as the empty text, lists as `[a, b]`, objects as `{key=value}`. */
export function javaText(value: unknown, depth = 0): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value === null || value === undefined || depth > MAXIMUM_DEPTH) {
    return '';
  }
  if (Array.isArray(value)) {
    return `[${value.map(item => javaText(item, depth + 1)).join(', ')}]`;
  }
  if (typeof value === 'object') {
    return `{${Object.entries(value).map(([name, item]) => `${name}=${javaText(item, depth + 1)}`).join(', ')}}`;
  }
  return String(value);
}
