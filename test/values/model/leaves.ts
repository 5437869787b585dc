import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { NumberText } from './exact-json';
import { Expected, isInfinite, Text } from './expectation';
import { hostileText, literals, paths } from './hostile';
import { given, Spec, stringSpec, typed } from './value-spec';
import { at, documentOf, isOfType, literally, MISSING, passedOn, World } from './world';
import { Value } from '../../../src';
import { Step } from '../../../src/values/body-path';
import { ValueType } from '../../../src/values/value-node';

export type Type = Exclude<ValueType, 'object'>;
export type Path = { readonly text: string; readonly steps: Step[] };

export const METHODS = { json: undefined, string: 'asString', number: 'asNumber', boolean: 'asBoolean' } as const;
const ATTRIBUTES = { string: 'S', boolean: 'BOOL' } as const;

/** Fields of the message. */
export const messageFields: fc.Arbitrary<Spec> = fc.tuple(paths, fc.constantFrom<Type>('json', 'string', 'number', 'boolean')).map(([path, type]) => messageField(path, type, false));

function messageField(path: Path, type: Type, isOptional: boolean): Spec {
  const find: (world: World) => Expected | typeof MISSING = world => {
    const value = at(documentOf(world), path.steps);
    const isThere = value !== MISSING && isOfType(value, type) && !(isOptional && value instanceof NumberText && isInfinite(value.text));
    return isThere ? passedOn(value) : MISSING;
  };
  const method = METHODS[type];
  const required = method ? Value.body(path.text)[method]() : Value.body(path.text);
  const asText: Spec['text'] = world => given(find(world), json => type === 'string' ? (json as Text).parts : [{ json }]);
  return {
    value: isOptional ? required.optional() : required,
    json: find,
    text: asText,
    attribute: type === 'json' ? undefined : type === 'number' ? typed('N', world => given(asText(world), parts => new Text(parts))) : typed(ATTRIBUTES[type], find),
    fields: [{ steps: path.steps, type, isOptional }],
    mayMiss: true,
    loosened: () => messageField(path, type, true),
    isEncodable: true,
  };
}

/** What API Gateway knows: headers, query strings, variables. */
function known(make: () => Value, read: (world: World) => unknown, isOptional = false): Spec {
  const text: Spec['text'] = world => {
    const value = read(world);
    const isMissing = value === undefined || value === '' || typeof value === 'object';
    return isMissing ? isOptional ? MISSING : [''] : [String(value)];
  };
  const value = isOptional ? make().optional() : make();
  return stringSpec(text, { value, fields: [], mayMiss: true, loosened: () => known(make, read, true), isEncodable: true });
}

function own(record: unknown, name: string): unknown {
  return typeof record === 'object' && record !== null && Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : undefined;
}

export const NAMES = ['a', 'X-Token', 'b_c', 'constructor', 'toString', '__proto__', '0'] as const;
export const CLAIMS = ['sub', 'cognito:groups', 'https://example.com/role', '1st', '_x', 'constructor'] as const;

export const handshakeValues: fc.Arbitrary<Spec> = fc.oneof(
  fc.constantFrom(...NAMES).map(name => known(() => Value.header(name), ({ header }) => own(header, name))),
  fc.constantFrom(...NAMES).map(name => known(() => Value.queryString(name), ({ querystring }) => own(querystring, name))),
);

export const variables: fc.Arbitrary<Spec> = fc.oneof(
  fc.constantFrom(...CLAIMS).map(name => known(() => Value.claim(name), ({ context }) => own(context.authorizer, name))),
  fc.constantFrom('tenant', 'constructor', 'x_1').map(name => known(() => Value.stageVariable(name), ({ stageVariables }) => own(stageVariables, name))),
  fc.constantFrom('userAgent', 'sourceIp', 'cognitoIdentityId').map(name => known(() => Value.context(`identity.${name}`), ({ context }) => own(context.identity, name))),
  fc.constantFrom('routeKey', 'messageId', 'requestTime', 'stage', 'domainName', 'disconnectReason', 'disconnectStatusCode')
    .map(name => known(() => Value.context(name), ({ context }) => own(context, name))),
  fc.constant(known(() => Value.connectionId(), ({ context }) => context.connectionId)),
  fc.constant(known(() => Value.requestId(), ({ context }) => context.requestId)),
);

function digits(value: Value, read: (world: World) => number): Spec {
  const json: Spec['json'] = world => new NumberText(String(read(world)));
  const text: Spec['text'] = world => [String(read(world))];
  return { value, json, text, attribute: typed('N', world => new Text([String(read(world))])), fields: [], mayMiss: true, loosened: () => digits(value.optional(), read), isEncodable: true };
}

export const times: fc.Arbitrary<Spec> = fc.oneof(
  fc.constant(digits(Value.requestTime(), ({ context }) => context.requestTimeEpoch as number)),
  fc.constant(digits(Value.context('connectedAt'), ({ context }) => context.connectedAt as number)),
  fc.constantFrom(1, 3600, 2_592_000).map(seconds => {
    return digits(Value.expiresAfter(Duration.seconds(seconds)), ({ context }) => Math.floor(context.requestTimeEpoch as number / 1000) + seconds);
  }),
);

/** The message as it was sent. */
export const texts: fc.Arbitrary<Spec> = fc.constant(stringSpec(({ body }) => [body === '' ? '{}' : body], { value: Value.bodyText(), fields: [], mayMiss: false, isEncodable: true }));

/** What the author writes. */
export const literalValues: fc.Arbitrary<Spec> = fc.oneof(literals, hostileText.filter(text => !/\p{Surrogate}/u.test(text))).map(literal => ({
  value: Value.literal(literal),
  json: () => literally(literal),
  text: () => typeof literal === 'string' ? [literal] : [{ json: literally(literal) }],
  attribute: () => attributeOfLiteral(literal),
  fields: [],
  mayMiss: false,
  isEncodable: true,
}));

/** A literal as DynamoDB writes it. */
export function attributeOfLiteral(value: unknown): Expected {
  if (value === null) {
    return new Map([['NULL', true]]);
  }
  if (Array.isArray(value)) {
    return new Map([['L', value.map(attributeOfLiteral)]]);
  }
  switch (typeof value) {
    case 'object': return new Map([['M', new Map(Object.entries(value).map(([name, member]) => [name, attributeOfLiteral(member)]))]]);
    case 'number': return new Map([['N', new Text([JSON.stringify(value)])]]);
    case 'boolean': return new Map([['BOOL', value]]);
    default: return new Map([['S', new Text([value as string])]]);
  }
}
