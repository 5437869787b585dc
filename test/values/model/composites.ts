import fc from 'fast-check';
import { Expected, Part } from './expectation';
import { hostileText, literals } from './hostile';
import { answerFields, attributeOfLiteral, handshakeValues, literalValues, messageFields, texts, times, variables } from './leaves';
import { given, Spec, stringSpec, there, typed } from './value-spec';
import { literally, MISSING, World } from './world';
import { Value } from '../../../src';

/** The whole grammar of values, over leaves that the place allows. */
function grammar(leaves: fc.Arbitrary<Spec>): fc.Arbitrary<Spec> {
  return fc.letrec<{ value: Spec; leaf: Spec; object: Spec; list: Spec; format: Spec; jsonText: Spec; base64: Spec; attributes: Spec }>(tie => ({
    leaf: changed(leaves),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: tie('leaf') }, { weight: 2, arbitrary: tie('object') }, tie('list'), tie('format'), tie('jsonText'), tie('base64'), tie('attributes'),
    ),
    object: fc.uniqueArray(fc.tuple(memberNames, tie('value')), { maxLength: 4, selector: ([name]) => name }).map(objectSpec),
    list: fc.array(tie('value'), { maxLength: 3 }).map(listSpec),
    format: changed(fc.array(fc.tuple(authorText, tie('value')), { minLength: 1, maxLength: 3 }).map(formatSpec)),
    jsonText: changed(tie('value').map(jsonTextSpec)),
    base64: changed(tie('leaf').filter(({ isEncodable }) => isEncodable === true).map(base64Spec)),
    attributes: fc.uniqueArray(fc.tuple(memberNames, tie('value').filter(({ attribute }) => attribute !== undefined)), { maxLength: 4, selector: ([name]) => name }).map(attributesSpec),
  })).value;
}

const authorText = hostileText.filter(text => !/\p{Surrogate}/u.test(text) && !text.includes('{}'));
const memberNames = fc.oneof(fc.constantFrom('a', 'b', 'constructor', '__proto__', '$x', '#end', '"'), authorText);

/** Values of the requests that messages make. */
export const requestValues = grammar(fc.oneof({ weight: 5, arbitrary: messageFields }, variables, times, texts, literalValues));

/** Values of the requests that $connect makes. */
export const connectValues = grammar(fc.oneof({ weight: 3, arbitrary: handshakeValues }, { weight: 3, arbitrary: variables }, times, literalValues));

/** Values of answers. */
export const responseValues = grammar(fc.oneof({ weight: 5, arbitrary: answerFields }, variables, times, literalValues));

/** Some of them optional, some with a default. */
function changed(specs: fc.Arbitrary<Spec>): fc.Arbitrary<Spec> {
  return fc.tuple(specs, fc.constantFrom('as it is', 'optional', 'default'), literals).map(([spec, change, literal]) => {
    const optional = change === 'as it is' ? undefined : spec.optional?.();
    return optional === undefined ? spec : change === 'optional' ? optional : defaultSpec(spec, optional, literal);
  });
}

function defaultSpec({ value }: Spec, optional: Spec, literal: unknown): Spec {
  return {
    value: value.withDefault(literal),
    json: world => otherwise(optional.json(world), () => literally(literal)),
    text: world => otherwise<readonly Part[]>(optional.text(world), () => typeof literal === 'string' ? [literal] : [{ json: literally(literal) }]),
    attribute: optional.attribute && (world => otherwise(optional.attribute!(world), () => attributeOfLiteral(literal))),
    fields: optional.fields,
    isEncodable: optional.isEncodable,
  };
}

function otherwise<T>(value: T | typeof MISSING, make: () => T): T {
  return value === MISSING ? make() : value as T;
}

function objectSpec(members: Array<[string, Spec]>): Spec {
  const json = (world: World): Expected => new Map(there(members.map(([name, spec]) => given(spec.json(world), value => [name, value] as const))));
  return {
    value: Value.object(Object.fromEntries(members.map(([name, { value }]) => [name, value]))),
    json,
    text: world => [{ json: json(world) }],
    attribute: members.every(([, { attribute }]) => attribute) ? typed('M', world => new Map(there(members.map(([name, spec]) => given(spec.attribute!(world), value => [name, value] as const))))) : undefined,
    fields: members.flatMap(([, { fields }]) => fields),
  };
}

function listSpec(elements: Spec[]): Spec {
  const json = (world: World): Expected => there(elements.map(element => element.json(world)));
  return {
    value: Value.list(...elements.map(({ value }) => value)),
    json,
    text: world => [{ json: json(world) }],
    attribute: elements.every(({ attribute }) => attribute) ? typed('L', world => there(elements.map(element => element.attribute!(world)))) : undefined,
    fields: elements.flatMap(({ fields }) => fields),
  };
}

function formatSpec(pieces: Array<[string, Spec]>): Spec {
  const text: Spec['text'] = world => {
    const parts = pieces.map(([before, spec]) => given(spec.text(world), inside => [before, ...inside]));
    return parts.includes(MISSING) ? MISSING : there(parts).flat();
  };
  const optionals = pieces.map(([before, spec]): [string, Spec] | undefined => {
    return spec.optional ? [before, spec.optional()] : spec.isLiteral ? [before, spec] : undefined;
  });
  return stringSpec(text, {
    value: Value.format(pieces.map(([before]) => `${before}{}`).join(''), ...pieces.map(([, { value }]) => value)),
    fields: pieces.flatMap(([, { fields }]) => fields),
    optional: optionals.includes(undefined) ? undefined : () => formatSpec(optionals as Array<[string, Spec]>),
  });
}

function jsonTextSpec({ value, json, fields, optional }: Spec): Spec {
  return stringSpec(world => given(json(world), inside => [{ json: inside }]), {
    value: Value.jsonText(value), fields, optional: optional && (() => jsonTextSpec(optional())),
  });
}

function base64Spec({ value, text, fields, optional }: Spec): Spec {
  return stringSpec(world => given(text(world), parts => [{ base64: parts }]), {
    value: Value.base64(value), fields, optional: optional && (() => base64Spec(optional())),
  });
}

function attributesSpec(attributes: Array<[string, Spec]>): Spec {
  const json = (world: World): Expected => new Map(there(attributes.map(([name, spec]) => given(spec.attribute!(world), value => [name, value] as const))));
  return {
    value: Value.dynamoDbAttributes(Object.fromEntries(attributes.map(([name, { value }]) => [name, value]))),
    json,
    text: world => [{ json: json(world) }],
    fields: attributes.flatMap(([, { fields }]) => fields),
  };
}
