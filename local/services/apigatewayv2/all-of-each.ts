/** The values of each name, in their order. */
export function allOfEach(entries: ReadonlyArray<readonly [name: string, value: string]>): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const known = values.get(name);
    if (known) {
      known.push(value);
    } else {
      values.set(name, [value]);
    }
  }
  return values;
}
