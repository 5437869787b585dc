/** What can be said about a JSONata expression before it runs. */

/** The findings about one expression. */
export interface JsonataAnalysis {
  /** The names of all variables and functions that appear, without `$`. */
  readonly names: ReadonlySet<string>;
  /** Whether it may look at `$states.context`, which is costly to put together. */
  readonly usesContext: boolean;
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly condition?: Node;
  readonly then?: Node;
  readonly steps?: readonly Node[];
}

/** Looks through a syntax tree. @throws in JSONata's form when Step Functions does not accept the expression */
export function analyse(ast: unknown): JsonataAnalysis {
  const names = new Set<string>();
  let states = 0;
  let statesWithoutContext = 0;
  const seen = new Set<unknown>();
  const pending: unknown[] = [ast];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const { type, value, steps } = node as Node;
    if (type === 'variable' && value === 'states') states++;
    if (steps && isStatesPath(steps) && steps[1]?.type === 'name' && steps[1].value !== 'context') statesWithoutContext++;
    if (type === 'variable' && typeof value === 'string' && value !== '' && value !== '$') names.add(value);
    if (type === 'condition') rejectNewOperators(node as Node);
    for (const child of Object.values(node)) pending.push(child);
  }
  rejectTopLevelReferences(ast);
  return { names, usesContext: states > statesWithoutContext };
}

function isStatesPath([first]: readonly Node[]): boolean {
  return first?.type === 'variable' && first.value === 'states';
}

// `a ?: b` and `a ?? b`, which came after 2.0.6, become conditions when they are parsed: the first holds the very same text
// of `a` twice, the second wraps it in a call that has no place in the text.
function rejectNewOperators({ condition: test, then }: Node): void {
  const isElvis = JSON.stringify(test) === JSON.stringify(then);
  const isCoalescing = test?.type === 'function' && test.position === undefined;
  if (!isElvis && !isCoalescing) return;
  throw Object.assign(new Error(`The symbol "${isElvis ? ':' : '?'}" cannot be used as a unary operator`), { code: 'S0211' });
}

/**
 * Refuses names that would be looked up in the input document, for Step Functions gives none. The first step of a path is
 * evaluated in the context of the path, its further steps, predicates, sort terms and groups in that of the data.
 */
function rejectTopLevelReferences(node: unknown): void {
  if (Array.isArray(node)) {
    node.forEach(rejectTopLevelReferences);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, value, steps } = node as Node;
  if (type === 'name') reject(String(value));
  if (type === 'variable' && (value === '' || value === '$')) reject(value === '' ? '$' : '$$');
  if (type === 'path') {
    rejectTopLevelReferences(steps?.[0]);
    return;
  }
  // The body of a function and the update of a transformer have a context of their own: their caller's.
  if (type === 'lambda' || type === 'transform') return;
  for (const [member, child] of Object.entries(node)) {
    if (!DATA_CONTEXT.has(member)) rejectTopLevelReferences(child);
  }
}

const DATA_CONTEXT: ReadonlySet<string> = new Set(['predicate', 'stages', 'group', 'ancestor', 'seekingParent', 'slot']);

function reject(reference: string): never {
  throw Object.assign(new Error(`Reference to '${reference}' at the top level is not supported.`), { code: 'UNSUPPORTED' });
}
