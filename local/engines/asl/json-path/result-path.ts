/** ResultPath: where in the input a result is put. */
import { StateFault } from '../errors';
import { JsonObject, isObject, setMember } from '../json';

type Step = string | number;

/** Puts a result into an input, leaving the input itself as it was. */
export type ResultPath = (input: unknown, result: unknown) => unknown;

const STEP = /\.([^.[\]'"()*?@,\s]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** Compiles a reference path; undefined when the text is none. */
export function compileResultPath(text: string | null): ResultPath | undefined {
  if (text === null) return input => input;
  if (text === '$') return (_, result) => result;
  const steps = referenceSteps(text);
  return steps && ((input, result) => insert(input, steps, 0, result, text, input));
}

function referenceSteps(text: string): Step[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let position = 1;
  while (position < text.length) {
    STEP.lastIndex = position;
    const match = STEP.exec(text);
    if (!match) return undefined;
    const [whole, name, index, single, double] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? (single ?? double).replace(/\\(.)/g, '$1'));
    position += whole.length;
  }
  return steps;
}

function insert(target: unknown, steps: readonly Step[], depth: number, result: unknown, path: string, input: unknown): unknown {
  if (depth === steps.length) return result;
  const step = steps[depth];
  if (typeof step === 'number') {
    if (!Array.isArray(target) || step >= target.length) throw mismatch(path, input);
    const copy = target.slice() as unknown[];
    copy[step] = insert(copy[step], steps, depth + 1, result, path, input);
    return copy;
  }
  // What is missing on the way is made; what is there must be an object.
  if (target !== undefined && !isObject(target)) throw mismatch(path, input);
  const copy: JsonObject = { ...target };
  setMember(copy, step, insert(target && Object.hasOwn(target, step) ? target[step] : undefined, steps, depth + 1, result, path, input));
  return copy;
}

function mismatch(path: string, input: unknown): StateFault {
  return new StateFault('States.ResultPathMatchFailure', `Unable to apply ReferencePath ${path} to input ${JSON.stringify(input)}`);
}
