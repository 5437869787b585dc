import { Token } from 'aws-cdk-lib';

/** What in a literal is no JSON; undefined when nothing is. Strings and numbers may hold tokens, which CloudFormation fills in. */
export function problemOfLiteral(value: unknown, around: readonly unknown[] = []): string | undefined {
  switch (typeof value) {
    case 'string': return /\p{Surrogate}/u.test(value) ? 'a text with half of a character' : undefined;
    case 'boolean': return undefined;
    case 'number': return Number.isFinite(value) ? undefined : `the number ${value}`;
    case 'object': return value === null ? undefined : problemOfObject(value, around);
    default: return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
  }
}

function problemOfObject(value: object, around: readonly unknown[]): string | undefined {
  if (around.includes(value)) {
    return 'an object that contains itself';
  }
  if (Token.isUnresolved(value)) {
    return `${Array.isArray(value) ? 'a list' : 'an object'} that is not known yet: take single elements, with Fn.select() or as strings with Token.asString()`;
  }
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
    return `an object of the class ${value.constructor.name}`;
  }
  const parts = Array.isArray(value) ? value : Object.entries(value).filter(([, member]) => member !== undefined).flat();
  return parts.map(part => problemOfLiteral(part, [...around, value])).find(problem => problem !== undefined);
}

/** Whether CloudFormation has something to fill in anywhere in a value. */
export function holdsTokens(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'object' && value !== null && Object.entries(value).flat().some(holdsTokens));
}
