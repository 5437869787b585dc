/** What can be said about a JSONata expression before it runs. */

/** The findings about one expression. */
export interface JsonataAnalysis {
  /** The names of all variables and functions that appear, without `$`. */
  readonly freeNames: ReadonlySet<string>;
}

type Node = Record<string, unknown>;

/** Looks through a syntax tree. @throws in JSONata's form when it uses syntax that came after version 2.0.6 */
export function analyse(ast: unknown): JsonataAnalysis {
  const freeNames = new Set<string>();
  const seen = new Set<unknown>();
  const pending: unknown[] = [ast];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (!Array.isArray(node)) {
      const { type, value } = node as Node;
      if (type === 'variable' && typeof value === 'string' && value !== '' && value !== '$') freeNames.add(value);
      if (type === 'condition') rejectNewOperators(node as Node);
    }
    for (const child of Object.values(node)) pending.push(child);
  }
  return { freeNames };
}

// `a ?: b` and `a ?? b` become conditions when they are parsed: the first evaluates the text of `a` twice, the second
// wraps it in a call that has no place in the text.
function rejectNewOperators({ condition, then }: Node): void {
  const test = condition as Node;
  const isElvis = test.position !== undefined && test.position === (then as Node).position && test.type === (then as Node).type;
  const isCoalescing = test.type === 'function' && test.position === undefined;
  if (!isElvis && !isCoalescing) return;
  const token = isElvis ? '?:' : '??';
  throw Object.assign(new Error(`Syntax error: "${token}"`), { code: 'S0201', position: test.position, token });
}
