import { JsonPathLimitError } from './json-path-syntax';

/** The way from the document to a value, innermost step first. */
export interface Trail {
  readonly parent: Trail | undefined;
  readonly key: string | number;
}

/** A compiled token together with all that follow it: passes on what it finds in `value`. */
export type Evaluator = (value: unknown, trail: Trail | undefined, evaluation: Evaluation) => void;

const MAX_VISITS = 1_000_000;

/** The state of one evaluation of one path. */
export class Evaluation {
  readonly values: unknown[] = [];
  readonly trails: Array<Trail | undefined> = [];
  /** Why a path that is definite so far can not go on, in Jayway's words. */
  failure: string | undefined;
  private readonly visits: { count: number };

  /** @param outer the evaluation of the path in which this one is an argument or a part of a filter */
  constructor(readonly document: unknown, readonly tracing: boolean, outer?: Evaluation) {
    this.visits = outer?.visits ?? { count: 0 };
  }

  emit(value: unknown, trail: Trail | undefined): void {
    this.values.push(value);
    if (this.tracing) this.trails.push(trail);
  }

  /** Longer trails are only kept where somebody asks for them. */
  extend(trail: Trail | undefined, key: string | number): Trail | undefined {
    return this.tracing ? { parent: trail, key } : undefined;
  }

  /** Two scans in one path, or a scan in a filter, visit a deep document quadratically often, three of them worse. */
  countVisit(): void {
    if (++this.visits.count > MAX_VISITS) throw new JsonPathLimitError(`A path visits more than ${MAX_VISITS} values`);
  }
}

/** The keys from the document down to where a trail ends. */
export function trailPath(trail: Trail | undefined): Array<string | number> {
  const path: Array<string | number> = [];
  for (let step = trail; step; step = step.parent) path.push(step.key);
  return path.reverse();
}
