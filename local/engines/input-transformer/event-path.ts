/**
 * The JSON paths of EventBridge: `$`, then names behind dots, indexes and asterisks. Names in brackets are refused, as
 * PutTargets does.
 */

/** Finds a value in an event; undefined when there is none. */
export type EventPath = (event: unknown) => unknown;

type Step = string | number | typeof EVERY;

const EVERY = Symbol('every member or item');
const STEP = /\.(\*)|\.([^\s.[\]()*?,'"]+)|\[(\*)\]|\[(\d+)\]/y;

/** Compiles a path; undefined when it is not one. */
export function compileEventPath(path: string): EventPath | undefined {
  const steps = parseSteps(path);
  if (steps === undefined) {
    return undefined;
  }
  return steps.includes(EVERY) ? event => findAll(event, steps, 0, []) : event => findOne(event, steps);
}

function parseSteps(path: string): Step[] | undefined {
  if (path[0] !== '$') {
    return undefined;
  }
  const steps: Step[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) {
      return undefined;
    }
    const [, everyMember, name, everyItem, index] = match;
    steps.push(everyMember ?? everyItem ? EVERY : name ?? Number(index));
  }
  return steps;
}

function findOne(event: unknown, steps: readonly Step[]): unknown {
  let value = event;
  for (const step of steps) {
    value = child(value, step);
  }
  return value;
}

/** A path with an asterisk finds a list, which may be empty. */
function findAll(value: unknown, steps: readonly Step[], next: number, found: unknown[]): unknown[] {
  if (value === undefined) {
    return found;
  }
  if (next === steps.length) {
    found.push(value);
    return found;
  }
  const step = steps[next];
  for (const item of step === EVERY ? children(value) : [child(value, step)]) {
    findAll(item, steps, next + 1, found);
  }
  return found;
}

function child(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) {
    return typeof step === 'number' ? value[step] : undefined;
  }
  if (typeof value !== 'object' || value === null || typeof step !== 'string') {
    return undefined;
  }
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
}

function children(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
