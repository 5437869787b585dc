/** The step into the element that a loop over a list has come to. */
export const EACH = Symbol('each');

/** One step into a JSON document: a member's name, an element's index, or each element in turn. */
export type Step = string | number | typeof EACH;

/** A JSONPath that leads to one place at most: `$`, `$.order.id`, `$.items[0].id`. The CDK loses what is called `__proto__` on the way to the template. */
const PATH = /^\$(?:\.(?!__proto__(?:[.[]|$))[\p{L}_][\p{L}\p{N}_-]*|\[\d{1,3}\])*$/u;
const STEP = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d{1,3})\]/gu;

/** The steps of a path; undefined when it is none, or one that may lead to several places. */
export function stepsOf(path: string): Step[] | undefined {
  return PATH.test(path) ? [...path.matchAll(STEP)].map(([, name, index]) => name ?? Number(index)) : undefined;
}

/** The path of steps. */
export function pathOf(steps: readonly Step[]): string {
  return '$' + steps.map(stepText).join('');
}

/** The path as a string of Velocity, which fills in the number of an element only between double quotes. */
export function quotedPath(steps: readonly Step[]): string {
  return steps.includes(EACH) ? `"${pathOf(steps)}"` : `'${pathOf(steps)}'`;
}

function stepText(step: Step): string {
  switch (typeof step) {
    case 'string': return `.${step}`;
    case 'number': return `[${step}]`;
    default: return '[${foreach.index}]';
  }
}
