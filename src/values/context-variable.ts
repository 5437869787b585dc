/**
 * What the characters of a text may do to the text around it.
 *
 * | characters | from | in JSON | in a form |
 * |---|---|---|---|
 * | any | a client, an authorizer, a service | escaped | encoded |
 * | name | API Gateway: letters, digits, and marks without a meaning in JSON | as it is | encoded |
 * | digits | API Gateway | as it is | as it is |
 */
export type Characters = 'any' | 'name' | 'digits';

/** What API Gateway itself makes. All else in `$context` comes from somebody else and may hold anything. */
const MADE_BY_API_GATEWAY: ReadonlyMap<string, Characters> = new Map<string, Characters>([
  ['apiId', 'name'],
  ['connectedAt', 'digits'],
  ['connectionId', 'name'],
  ['domainName', 'name'],
  ['eventType', 'name'],
  ['extendedRequestId', 'name'],
  ['messageId', 'name'],
  ['requestId', 'name'],
  ['requestTime', 'name'],
  ['requestTimeEpoch', 'digits'],
  ['stage', 'name'],
]);

/** The characters that a variable of `$context` may have. */
export function charactersOf(contextVariable: string): Characters {
  return MADE_BY_API_GATEWAY.get(contextVariable) ?? 'any';
}
