import fc from 'fast-check';
import { answerFields, elementFields } from './answer-fields';
import { Expected, Part } from './expectation';
import { hostileText, literals, paths } from './hostile';
import { attributeOfLiteral, handshakeValues, literalValues, messageFields, texts, times, variables } from './leaves';
import { given, loosenedOf, optionalOf, Spec, stringSpec, there, typed } from './value-spec';
import { at, documentOf, literally, MISSING, World } from './world';
import { Value } from '../../../src';
import { Step } from '../../../src/values/body-path';
import { presenceOf } from '../../../src/values/presence';

/** The whole grammar of values, over leaves that the place allows. */
function grammar(leaves: fc.Arbitrary<Spec>): fc.Arbitrary<Spec> {
  return fc.letrec<{ value: Spec; leaf: Spec; object: Spec; list: Spec; format: Spec; jsonText: Spec; base64: Spec; attributes: Spec }>(tie => ({
    leaf: changed(leaves),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: tie('leaf') }, { weight: 2, arbitrary: tie('object') }, tie('list'), tie('format'), tie('jsonText'), tie('base64'), tie('attributes'),
    ),
    object: changed(fc.uniqueArray(fc.tuple(memberNames, tie('value')), { maxLength: 4, selector: ([name]) => name }).map(members => objectSpec(members))),
    list: fc.array(tie('value'), { maxLength: 3 }).map(listSpec),
    format: changed(fc.array(fc.tuple(authorText, tie('value')), { minLength: 1, maxLength: 3 }).map(formatSpec)),
    jsonText: changed(tie('value').map(jsonTextSpec)),
    base64: changed(tie('leaf').filter(({ isEncodable }) => isEncodable === true).map(base64Spec)),
    attributes: changed(fc.uniqueArray(fc.tuple(memberNames, tie('value').filter(({ attribute }) => attribute !== undefined)), { maxLength: 4, selector: ([name]) => name }).map(members => attributesSpec(members))),
  })).value;
}

const authorText = hostileText.filter(text => !/\p{Surrogate}/u.test(text) && !text.includes('{}'));
const memberNames = fc.oneof(fc.constantFrom('a', 'b', 'constructor', '__proto__', '$x', '#end', '"'), authorText);

/** Values of the requests that messages make. */
export const requestValues = grammar(fc.oneof({ weight: 5, arbitrary: messageFields }, variables, times, texts, literalValues));

/** Values of the requests that $connect makes. */
export const connectValues = grammar(fc.oneof({ weight: 3, arbitrary: handshakeValues }, { weight: 3, arbitrary: variables }, times, literalValues));

/** What is made of elements. */
const elementValues = grammar(fc.oneof({ weight: 4, arbitrary: elementFields }, variables, literalValues))
  .filter(({ value }) => presenceOf(value._node) === undefined);

/** Values of answers. */
export const responseValues = grammar(fc.oneof(
  { weight: 5, arbitrary: answerFields },
  { weight: 2, arbitrary: fc.tuple(paths, elementValues).map(eachSpec) },
  variables, times, literalValues,
));

/** Some of them optional, some with a default. */
function changed(specs: fc.Arbitrary<Spec>): fc.Arbitrary<Spec> {
  return fc.tuple(specs, fc.constantFrom('as it is', 'optional', 'default'), literals).map(([spec, change, literal]) => {
    const optional = change === 'as it is' ? undefined : optionalOf(spec);
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
    mayMiss: true,
    isEncodable: optional.isEncodable,
  };
}

function otherwise<T>(value: T | typeof MISSING, make: () => T): T {
  return value === MISSING ? make() : value as T;
}

type Member = [name: string, spec: Spec];

function fieldsOf(members: readonly Member[]): Pick<Spec, 'fields' | 'mayMiss'> {
  return { fields: members.flatMap(([, { fields }]) => fields), mayMiss: members.some(([, { mayMiss }]) => mayMiss) };
}

const loosenedMembers = (members: readonly Member[]) => members.map(([name, spec]): Member => [name, loosenedOf(spec)]);

/** An object without the members that are missing; or, if it is there only as a whole, nothing. */
function membersOf(members: readonly Member[], isWhole: boolean, read: (spec: Spec) => Spec['json']): Spec['json'] {
  return world => {
    const all = members.map(([name, spec]) => given(read(spec)(world), value => [name, value] as const));
    return isWhole && all.includes(MISSING) ? MISSING : new Map(there(all));
  };
}

function objectSpec(members: Member[], isWhole = false): Spec {
  const json = membersOf(members, isWhole, spec => spec.json);
  const value = Value.object(Object.fromEntries(members.map(([name, spec]) => [name, spec.value])));
  return {
    value: isWhole ? value.optional() : value,
    json,
    text: world => given(json(world), inside => [{ json: inside }]),
    attribute: members.every(([, { attribute }]) => attribute) ? typed('M', membersOf(members, isWhole, spec => spec.attribute!)) : undefined,
    ...fieldsOf(members),
    loosened: () => objectSpec(loosenedMembers(members), true),
  };
}

function listSpec(elements: Spec[]): Spec {
  const json = (world: World): Expected => there(elements.map(element => element.json(world)));
  return {
    value: Value.list(...elements.map(({ value }) => value)),
    json,
    text: world => [{ json: json(world) }],
    attribute: elements.every(({ attribute }) => attribute) ? typed('L', world => there(elements.map(element => element.attribute!(world)))) : undefined,
    ...fieldsOf(elements.map(element => ['', element])),
  };
}

function formatSpec(pieces: Member[]): Spec {
  const text: Spec['text'] = world => {
    const parts = pieces.map(([before, spec]) => given(spec.text(world), inside => [before, ...inside]));
    return parts.includes(MISSING) ? MISSING : there(parts).flat();
  };
  return stringSpec(text, {
    value: Value.format(pieces.map(([before]) => `${before}{}`).join(''), ...pieces.map(([, { value }]) => value)),
    fields: fieldsOf(pieces).fields,
    mayMiss: true,
    loosened: () => formatSpec(loosenedMembers(pieces)),
  });
}

function jsonTextSpec(spec: Spec): Spec {
  return stringSpec(world => given(spec.json(world), inside => [{ json: inside }]), {
    ...spec, value: Value.jsonText(spec.value), loosened: () => jsonTextSpec(loosenedOf(spec)), isEncodable: false,
  });
}

function base64Spec(spec: Spec): Spec {
  return stringSpec(world => given(spec.text(world), parts => [{ base64: parts }]), {
    ...spec, value: Value.base64(spec.value), loosened: () => base64Spec(loosenedOf(spec)), isEncodable: false,
  });
}

function attributesSpec(attributes: Member[], isWhole = false): Spec {
  const json = membersOf(attributes, isWhole, spec => spec.attribute!);
  const value = Value.dynamoDbAttributes(Object.fromEntries(attributes.map(([name, spec]) => [name, spec.value])));
  return {
    value: isWhole ? value.optional() : value,
    json,
    text: world => given(json(world), inside => [{ json: inside }]),
    ...fieldsOf(attributes),
    loosened: () => attributesSpec(loosenedMembers(attributes), true),
  };
}

function eachSpec([path, { value, json }]: [{ text: string; steps: Step[] }, Spec]): Spec {
  const all = (world: World): Expected => {
    const list = at(documentOf(world), path.steps);
    return Array.isArray(list) ? list.map(element => json({ ...world, element }) as Expected) : [];
  };
  return { value: Value.each(path.text, value), json: all, text: world => [{ json: all(world) }], fields: [], mayMiss: false };
}
