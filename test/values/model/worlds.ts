import fc from 'fast-check';
import { ExactJson } from './exact-json';
import { hostileText, json, jsonObjects, numbers, styles, written } from './hostile';
import { CLAIMS, NAMES } from './leaves';
import { Field } from './value-spec';
import { World } from './world';

/** Bodies that are no JSON, or hardly. */
const BROKEN = ['', ' ', '{', '{"a":', '{"a":1}}', '{"a":1}{', 'NaN', '{"a":NaN}', '{a:1}', '{\'a\':1}', '[1,]', '{"a":01}', 'undefined', '<xml/>', '"', '{"a":"\n"}', '#set($a = 1)', '$input.body', 'a\\', '-'];

/** Values of a field: mostly of its type. */
function fieldValues({ type }: Field): fc.Arbitrary<ExactJson> {
  switch (type) {
    case 'string': return fc.oneof({ weight: 12, arbitrary: hostileText }, { weight: 1, arbitrary: json });
    case 'number': return fc.oneof({ weight: 12, arbitrary: numbers }, { weight: 1, arbitrary: json });
    case 'boolean': return fc.oneof({ weight: 12, arbitrary: fc.boolean() }, { weight: 1, arbitrary: json });
    default: return json;
  }
}

/** Puts a value where a path leads, in place of what leads elsewhere. */
function put(document: ExactJson, [step, ...rest]: Field['steps'], value: ExactJson): ExactJson {
  if (step === undefined) {
    return value;
  }
  if (typeof step === 'number') {
    const list = Array.isArray(document) ? [...document] : [];
    while (list.length <= step) {
      list.push('filler');
    }
    list[step] = put(list[step], rest, value);
    return list;
  }
  const members = document instanceof Map ? new Map(document) : new Map<string, ExactJson>();
  return members.set(step as string, put(members.get(step as string) ?? null, rest, value));
}

/** Bodies for templates that take certain fields: most have them. */
function bodies(fields: readonly Field[]): fc.Arbitrary<string> {
  const documents = fc.tuple(
    fc.oneof({ weight: 8, arbitrary: jsonObjects }, { weight: 1, arbitrary: json }),
    ...fields.map(field => fc.tuple(fc.constant(field), fieldValues(field), fc.nat({ max: 99 }))),
  ).map(([document, ...values]) => (values as Array<[Field, ExactJson, number]>)
    .filter(([{ isOptional }, , dice]) => dice < (isOptional ? 60 : 97))
    .reduce<ExactJson>((body, [{ steps }, value]) => put(body, steps, value), document as ExactJson));
  return fc.oneof(
    { weight: 20, arbitrary: fc.tuple(documents, styles).map(([document, style]) => written(document, style)) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
    { weight: 1, arbitrary: hostileText },
  );
}

function record(keys: readonly string[]): fc.Arbitrary<Record<string, string>> {
  return fc.array(fc.tuple(fc.constantFrom(...keys), hostileText), { maxLength: keys.length }).map(entries => Object.fromEntries(entries));
}

/** What templates that take certain fields are rendered with. */
export function worlds(fields: readonly Field[]): fc.Arbitrary<World> {
  return fc.record({
    body: bodies(fields),
    header: record(NAMES),
    querystring: record(NAMES),
    stageVariables: record(['tenant', 'constructor', 'x_1']),
    context: fc.record({
      routeKey: hostileText,
      authorizer: fc.option(record(CLAIMS), { nil: undefined }),
      identity: record(['userAgent', 'sourceIp', 'cognitoIdentityId']),
      disconnectReason: hostileText,
      disconnectStatusCode: fc.constantFrom(1000, 1006),
      messageId: fc.constantFrom(undefined, 'Qyi07eCbtjMCJKw='),
      requestTime: fc.constant('26/Nov/2026:19:00:00 +0000'),
      requestTimeEpoch: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      connectedAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      stage: fc.constantFrom('prod', 'stage_1'),
      domainName: fc.constant('abc.execute-api.eu-central-1.amazonaws.com'),
      connectionId: fc.constantFrom('L0SM9cOFvHcCIhw=', 'a_-b='),
      requestId: fc.constant('Qyi3UG41tjMFlUg='),
    }),
  });
}
