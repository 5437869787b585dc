import fc from 'fast-check';
import { ExactJson, NumberText } from './exact-json';
import { isInfinite } from './expectation';
import { paths } from './hostile';
import { METHODS, Path, Type } from './leaves';
import { Spec } from './value-spec';
import { at, documentOf, MISSING, passedOn, printed, World } from './world';
import { Value } from '../../../src';

const fields = fc.tuple(paths, fc.constantFrom<Type>('json', 'string', 'number', 'boolean'));

/** Fields of the service's answer. */
export const answerFields: fc.Arbitrary<Spec> = fields.map(([path, type]) => answerField(Value.answer, documentOf, path, type, false));

/** Fields of the element that a loop has come to. */
export const elementFields: fc.Arbitrary<Spec> = fields.map(([path, type]) => answerField(Value.element, ({ element }) => element, path, type, false));

const NUMERIC = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

function answerField(make: (path: string) => Value, rootOf: (world: World) => ExactJson | undefined, path: Path, type: Type, isOptional: boolean): Spec {
  const find = (world: World) => {
    const value = at(rootOf(world), path.steps);
    return isOptional && value instanceof NumberText && isInfinite(value.text) ? MISSING : value;
  };
  const method = METHODS[type];
  const required = method ? make(path.text)[method]() : make(path.text);
  return {
    value: isOptional ? required.optional() : required,
    json: world => {
      const value = find(world);
      if (value === MISSING) {
        return isOptional ? MISSING : null;
      }
      if (type !== 'number' || value instanceof NumberText) {
        return passedOn(value);
      }
      return typeof value === 'string' && NUMERIC.test(value) ? new NumberText(value) : null;
    },
    text: world => {
      const value = find(world);
      if (value === MISSING) {
        return isOptional ? MISSING : [''];
      }
      if (type === 'string' || type === 'number') {
        return [printed(value)];
      }
      const json = passedOn(value);
      return json === null ? [''] : [{ json }];
    },
    fields: [],
    mayMiss: true,
    loosened: () => answerField(make, rootOf, path, type, true),
    isEncodable: true,
  };
}
