/** Paths of the Amazon States Language: into the state's data (`$`), the context object (`$$`) or a variable (`$name`). */
import { compileJsonPath } from '../../jsonpath';
import { Visit } from '../state';

/** A compiled path. */
export interface PathReference {
  readonly text: string;
  /** The same without the part that names the context object or a variable. */
  readonly innerText: string;
  /** The value, all values of an indefinite path, or undefined when a definite one leads nowhere. */
  read(visit: Visit, root: unknown): unknown;
  /** Why `read` gives undefined, in the words AWS uses. */
  failure(visit: Visit, root: unknown): string | undefined;
}

const CONTEXT_MEMBER = /^\$\$\.([A-Za-z]+)((?:[.[].*)?)$/s;
const VARIABLE = /^\$([\p{L}_][\p{L}\p{N}_]*)(.*)$/su;

/** Whether a text is meant as a path. */
export function isPath(text: string): boolean {
  return text.startsWith('$');
}

/** Compiles a path. @throws JsonPathSyntaxError */
export function compilePath(text: string): PathReference {
  if (text === '$') return { text, innerText: text, read: (_, root) => root, failure: () => undefined };
  if (text.startsWith('$$')) return contextReference(text);
  const variable = VARIABLE.exec(text);
  if (variable) return reference(text, `$${variable[2]}`, visit => visit.branch.variables.read(variable[1]));
  return reference(text, text, (_, root) => root);
}

function contextReference(text: string): PathReference {
  const whole = reference(text, text.slice(1), visit => visit.context);
  const member = CONTEXT_MEMBER.exec(text);
  // Most paths ask for one member, and the whole object costs more than all else in a small state.
  const part = member && reference(text, `$${member[2]}`, visit => visit.contextMember(member[1]));
  return part ? { ...whole, read: part.read } : whole;
}

function reference(text: string, inner: string, source: (visit: Visit, root: unknown) => unknown): PathReference {
  // Step Functions reads paths the way Jayway's first releases did.
  const path = compileJsonPath(inner, { edition: '2.0' });
  const { definite } = path;
  return {
    text,
    innerText: inner,
    // A path that may name many values names none of them where even its beginning is missing.
    read: definite ? (visit, root) => path.read(source(visit, root)) : (visit, root) => path.read(source(visit, root)) ?? [],
    failure: (visit, root) => path.failure(source(visit, root)),
  };
}
