import { OutputUnit } from '@cfworker/json-schema';

/** Those only tell that something within is wrong. */
const OUTER_KEYWORDS = ['$ref', 'allOf', 'false', 'items', 'patternProperties', 'properties'];

/** The texts of what is wrong: as API Gateway's validator has them where they are known, else with the place. */
export function violations(instance: unknown, errors: readonly OutputUnit[]): string[] {
  const missing = errors.filter(({ keyword }) => keyword === 'required');
  const others = errors.filter(({ keyword }) => keyword !== 'required' && !OUTER_KEYWORDS.includes(keyword));
  const places = [...new Set(missing.map(({ instanceLocation }) => instanceLocation))];
  return [
    ...places.map(place => missingProperties(missing.filter(({ instanceLocation }) => instanceLocation === place))),
    ...others.map(error => error.keyword === 'type' ? wrongType(instance, error) : `${error.instanceLocation}: ${error.error}`),
  ];
}

function missingProperties(errors: readonly OutputUnit[]): string {
  const names = errors.map(({ error }) => /"(.*)"\.$/s.exec(error)![1]).sort();
  return `object has missing required properties (${JSON.stringify(names)})`;
}

function wrongType(instance: unknown, { instanceLocation, error }: OutputUnit): string {
  const allowed = error.slice(error.indexOf('Expected ')).match(/(?<=")\w+(?=")/g)!;
  const names = allowed.includes('number') ? [...new Set([...allowed, 'integer'])] : allowed;
  return `instance type (${typeOf(valueAt(instance, instanceLocation))}) does not match any allowed primitive type (allowed: ${JSON.stringify([...names].sort())})`;
}

function valueAt(instance: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1).map(name => decodeURI(name).replace(/~1/g, '/').replace(/~0/g, '~'));
  return names.reduce((value, name) => (value as Record<string, unknown>)[name], instance);
}

function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}
