/** The variables of an execution: each Map iteration and Parallel branch has a scope of its own and reads those around it. */

/** A scope of variables. */
export class VariableScope {
  private values?: Map<string, unknown>;

  constructor(private readonly outer?: VariableScope) {}

  /** The value seen from this scope; undefined when nothing has been assigned. */
  read(name: string): unknown {
    const value = this.values?.get(name);
    return value === undefined ? this.outer?.read(name) : value;
  }

  /** Assigns in this scope: outer scopes are never changed from within. */
  assign(assignments: ReadonlyMap<string, unknown>): void {
    this.values ??= new Map();
    for (const [name, value] of assignments) this.values.set(name, value);
  }

  /** All names visible from this scope, inner ones winning. */
  visible(): Map<string, unknown> {
    const all = this.outer?.visible() ?? new Map<string, unknown>();
    this.values?.forEach((value, name) => all.set(name, value));
    return all;
  }
}
