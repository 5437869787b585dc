/** One of the six fields of a cron expression: what it may hold, and how the fields of the evaluator are written. */
export interface CronField {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly names?: readonly string[];
  /** `?`, which leaves the choice to the other field for days. */
  readonly optional?: boolean;
  /** How the evaluator numbers the values, where it does so otherwise. */
  readonly offset?: number;
  /** What else may stand for a value, such as the last day of a month; gives what the evaluator calls it. */
  special?(text: string, valueOf: (text: string) => number | undefined): string | undefined;
}

const RANGE = /^([^-/]+)-([^-/]+)$/;

/** Writes a field for the evaluator; undefined when it is not valid. */
export function convertField(text: string, field: CronField): string | undefined {
  if (text === '*' || (text === '?' && field.optional)) {
    return '*';
  }
  const items = text.split(',').map(item => convertItem(item, field));
  return items.every(item => item !== undefined) ? items.join(',') : undefined;
}

function convertItem(item: string, field: CronField): string | undefined {
  const valueOf = (text: string) => readValue(text, field);
  const special = field.special?.(item, valueOf);
  if (special !== undefined) {
    return special;
  }
  const [base, step, ...rest] = item.split('/');
  if (rest.length > 0 || (step !== undefined && !isStep(step, field))) {
    return undefined;
  }
  const bounds = readBounds(base, step !== undefined, field, valueOf);
  return bounds && writeRange(bounds, step, field);
}

function isStep(step: string, { minimum, maximum }: CronField): boolean {
  return /^\d{1,4}$/.test(step) && Number(step) >= 1 && Number(step) <= maximum - minimum + 1;
}

/** The values of an item, from the first to the last. A step goes on to the end. */
function readBounds(base: string, hasStep: boolean, field: CronField, valueOf: (text: string) => number | undefined): readonly [number, number] | undefined {
  if (base === '*') {
    return [field.minimum, field.maximum];
  }
  const range = RANGE.exec(base);
  const first = valueOf(range?.[1] ?? base);
  const last = range ? valueOf(range[2]) : hasStep ? field.maximum : first;
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** A range that passes the end, such as 20-2, is two. */
function writeRange([first, last]: readonly [number, number], step: string | undefined, field: CronField): string {
  const write = (from: number, to: number) => `${from + (field.offset ?? 0)}-${to + (field.offset ?? 0)}${step === undefined ? '' : `/${step}`}`;
  if (first <= last) {
    return write(first, last);
  }
  // Every value is named, so that a step goes on across the end.
  const every = Number(step ?? 1);
  const span = field.maximum - field.minimum + 1;
  const values: number[] = [];
  for (let value = first; value <= last + span; value += every) {
    values.push((value - field.minimum) % span + field.minimum + (field.offset ?? 0));
  }
  return values.join(',');
}

function readValue(text: string, { minimum, maximum, names }: CronField): number | undefined {
  const index = names?.indexOf(text.toUpperCase()) ?? -1;
  const value = index >= 0 ? minimum + index : /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  return value >= minimum && value <= maximum ? value : undefined;
}
