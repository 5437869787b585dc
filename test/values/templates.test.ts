import { inspect } from 'node:util';
import fc from 'fast-check';
import { connectValues, requestValues, responseValues } from './model/composites';
import { ExactJson, parseExactJson } from './model/exact-json';
import { Expected, matches, matchesBytes } from './model/expectation';
import { refusal } from './model/refusal';
import { Field, Spec } from './model/value-spec';
import { at, documentOf, isOfType, MISSING, World } from './model/world';
import { worlds } from './model/worlds';
import { compileMappingTemplate } from '../../local/engines/vtl';
import { contradictionsOf, messageFieldsOf, messageSchema } from '../../src/values/message-schema';
import { renderForm, renderJson } from '../../src/values/render';

/** More messages, several for each template, or others: `CASES=1000000 EACH=20 SEED=7 npx jest test/values/templates`. */
const CASES = Number(process.env.CASES ?? 10_000);
const EACH = Number(process.env.EACH ?? 1);
const SEED = Number(process.env.SEED ?? 4);

/** Tries a property of a value and what it is rendered with. */
function always(share: number, specs: fc.Arbitrary<Spec>, holds: (spec: Spec, world: World) => void): void {
  const cases = specs.chain(spec => fc.tuple(fc.constant(spec), fc.array(worlds(spec.fields), { minLength: EACH, maxLength: EACH })));
  fc.assert(fc.property(cases, ([spec, all]) => all.forEach(world => holds(spec, world))), { seed: SEED, numRuns: Math.ceil(CASES * share / EACH) });
}

function rendered(template: string, { body, header, querystring, context, stageVariables }: World): string {
  return compileMappingTemplate(template).render({ body, params: { header, querystring }, context, stageVariables }).text;
}

/** What should keep a message from the service. */
function isWrong(fields: readonly Field[], world: World): boolean {
  const document = documentOf(world);
  return fields.length > 0 && (document === undefined || fields.some(({ steps, type, isOptional }) => {
    const value = at(document, steps);
    return value === MISSING ? !isOptional : !isOfType(value, type);
  }));
}

function check(expected: boolean, template: string, world: World, output: string, wanted?: unknown): void {
  if (!expected) {
    throw new Error(`the template\n${template}\nmade of ${JSON.stringify(world, undefined, 1)}\n\n${output}\n\n${inspect(wanted, { depth: 20 })}`);
  }
}

function parsed(output: string): ExactJson | undefined {
  try {
    return parseExactJson(output);
  } catch {
    return undefined;
  }
}

function checkJson(spec: Spec, world: World): void {
  const template = renderJson(spec.value._node);
  const output = rendered(template, world);
  const json = spec.json(world);
  const expected = json === MISSING ? null : json as Expected;
  check(matches(expected, parsed(output) as never), template, world, output, expected);
}

function checkForm(spec: Spec, world: World): void {
  const template = renderForm([['Action', spec.value._node], ['Message#$', spec.value._node]]);
  const output = rendered(template, world);
  const expected = spec.text(world);
  const fields = output.split('&').filter(field => field !== '').map(field => field.split('=').map(text => decodeURIComponent(text.replaceAll('+', ' '))));
  const names = expected === MISSING ? [] : ['Action', 'Message#$'];
  const isExact = fields.every(([name, value, ...more], index) => name === names[index] && more.length === 0 && matchesBytes(expected as never, value));
  check(fields.length === names.length && isExact, template, world, output, expected);
}

test('a message is refused, or its request is exactly what the author meant: as JSON', () => {
  always(0.4, requestValues, (spec, world) => {
    if (contradictionsOf(messageFieldsOf([spec.value._node])).length > 0) {
      return;
    }
    const refused = refusal(spec, world);
    check((refused !== undefined) === isWrong(spec.fields, world), JSON.stringify(messageSchema(messageFieldsOf([spec.value._node]))), world, `refused: ${refused}`);
    if (refused === undefined) {
      checkJson(spec, world);
    }
  });
});

test('a message is refused, or its request is exactly what the author meant: as a form', () => {
  always(0.2, requestValues, (spec, world) => {
    if (contradictionsOf(messageFieldsOf([spec.value._node])).length === 0 && refusal(spec, world) === undefined) {
      checkForm(spec, world);
    }
  });
});

test('a handshake becomes exactly what the author meant', () => {
  always(0.1, connectValues, (spec, world) => {
    checkJson(spec, world);
    checkForm(spec, world);
  });
});

test('an answer becomes exactly what the author meant', () => {
  always(0.2, responseValues, (spec, world) => {
    if (documentOf(world) !== undefined) {
      checkJson(spec, world);
    }
  });
});

test('even a message that no model has checked makes JSON', () => {
  always(0.1, requestValues, (spec, world) => {
    if (documentOf(world) === undefined) {
      return;
    }
    const template = renderJson(spec.value._node);
    const output = rendered(template, world);
    check(parsed(output) !== undefined, template, world, output);
  });
});
