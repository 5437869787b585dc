/** Reading of properties as CloudFormation takes them: a number or a boolean may come as text, from a parameter. */

/** A map of texts, such as the templates of an integration. */
export function textMap(values: Readonly<Record<string, unknown>> | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}

/** Whether a property is set to true. */
export function isTrue(value: boolean | string | undefined): boolean {
  return String(value ?? false) === 'true';
}

/** A number between two bounds. */
export function boundedNumber(name: string, value: number | string, minimum: number, maximum: number): number {
  const number = Number(value);
  if (!(number >= minimum && number <= maximum)) {
    throw new Error(`${name} has to be a number from ${minimum} to ${maximum}, not ${value}`);
  }
  return number;
}

/** A property that has to be there. */
export function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) {
    throw new Error(`the property ${name} is missing`);
  }
  return value;
}
