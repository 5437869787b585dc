/** States of a workflow whose first states need JSONPath say their language one by one. */
export function jsonata<State extends object>(state: State): State & { QueryLanguage: 'JSONata' } {
  return { ...state, QueryLanguage: 'JSONata' };
}

/** States of one kind by their names, as a workflow lists them. */
export type States = Record<string, object>;
