/** How long an attack may take, and where its chance begins. */
export interface AttackOptions {
  /** The time of the whole run; each attack takes its share of it. Without one, the long form of each. */
  readonly seconds?: number;
  readonly seed: number;
}

/** A figure of an attack, and what it has to be. */
export interface Row {
  readonly measure: string;
  readonly figure: number;
  readonly unit: string;
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

/** Tries one thing that must not happen. */
export interface Attack {
  readonly name: string;
  run(options: AttackOptions): Promise<Row[]>;
}

/** Whether a figure is what it has to be; undefined when nothing is asked of it. */
export function holds({ figure, goal }: Row): boolean | undefined {
  if (goal === undefined) {
    return undefined;
  }
  return 'atMost' in goal ? figure <= goal.atMost : figure >= goal.atLeast;
}
