/** Paths of the Amazon States Language: into the state's data (`$`), the context object (`$$`) or a variable (`$name`). */
import { JsonPath, compileJsonPath } from '../../jsonpath';
import type { Visit } from '../execution';

/** A compiled path. */
export interface PathReference {
  readonly text: string;
  readonly definite: boolean;
  /** The value, all values of an indefinite path, or undefined when there is none. */
  read(visit: Visit, root: unknown): unknown;
  /** Why `read` gives undefined, in the words AWS uses. */
  failure(visit: Visit, root: unknown): string | undefined;
}

const VARIABLE = /^\$([\p{L}_][\p{L}\p{N}_]*)(.*)$/su;

/** Whether a text is meant as a path. */
export function isPath(text: string): boolean {
  return text.startsWith('$');
}

/** Compiles a path. @throws JsonPathSyntaxError */
export function compilePath(text: string): PathReference {
  if (text === '$') return { text, definite: true, read: (_, root) => root, failure: () => undefined };
  if (text.startsWith('$$')) return reference(text, text.slice(1), visit => visit.context);
  const variable = VARIABLE.exec(text);
  if (variable) return reference(text, `$${variable[2]}`, visit => visit.branch.variables.read(variable[1]));
  const path = jsonPath(text);
  return {
    text,
    definite: path.definite,
    read: (_, root) => path.read(root),
    failure: (_, root) => path.failure(root),
  };
}

function reference(text: string, inner: string, source: (visit: Visit) => unknown): PathReference {
  const path = jsonPath(inner);
  return {
    text,
    definite: path.definite,
    read: visit => path.read(source(visit)),
    failure: visit => path.failure(source(visit)),
  };
}

// Step Functions reads paths the way Jayway's first releases did.
function jsonPath(text: string): JsonPath {
  return compileJsonPath(text, { edition: '2.0' });
}
