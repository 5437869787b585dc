/** One step into a JSON document: a member's name, or an element's index. */
export type Step = string | number;

/** A JSONPath that leads to one place at most: `$`, `$.order.id`, `$.items[0].id`. The CDK loses what is called `__proto__` on the way to the template. */
const PATH = /^\$(?:\.(?!__proto__(?:[.[]|$))[\p{L}_][\p{L}\p{N}_-]*|\[\d{1,3}\])*$/u;
const STEP = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d{1,3})\]/gu;

/** The steps of a path; undefined when it is none, or one that may lead to several places. */
export function stepsOf(path: string): Step[] | undefined {
  return PATH.test(path) ? [...path.matchAll(STEP)].map(([, name, index]) => name ?? Number(index)) : undefined;
}

/** The path of steps. */
export function pathOf(steps: readonly Step[]): string {
  return '$' + steps.map(step => typeof step === 'number' ? `[${step}]` : `.${step}`).join('');
}
