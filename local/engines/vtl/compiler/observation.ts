/** What a template did in one rendering, statement by statement: for whoever wants to see it, or has to find what failed. */

/** Where a statement stands in its template, counted from one, and how it is written. */
export interface StatementPlace {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** What a statement came to: a reference what it wrote, a `#set` the value that the variable has then. */
export interface StatementValue extends StatementPlace {
  readonly value: string | null;
  /** Where in the text that was written; a `#set` writes none. */
  readonly written?: readonly [from: number, to: number];
}

/** Of loops no more is taken down. */
const MAXIMUM_VALUES = 1000;
const MAXIMUM_LENGTH = 4096;

/** Takes down what the statements of one rendering come to. */
export class TemplateObservation {
  readonly values: StatementValue[] = [];
  /** The innermost statement that failed. */
  failed?: StatementPlace;

  add(value: StatementValue): void {
    if (this.values.length < MAXIMUM_VALUES) {
      this.values.push(value.value !== null && value.value.length > MAXIMUM_LENGTH ? { ...value, value: `${value.value.slice(0, MAXIMUM_LENGTH)}…` } : value);
    }
  }
}

/** Who observes the rendering that is under way. */
export interface Observer {
  current?: TemplateObservation;
}
