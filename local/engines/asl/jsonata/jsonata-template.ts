/** JSON values with JSONata expressions inside: the strings that begin with `{%` and end with `%}`. */
import { DefinitionNode } from '../definition-node';
import { JsonObject, isObject, setMember } from '../json';
import { MaybePromise, isPromise } from '../maybe-promise';
import { Visit } from '../state';
import { JsonataExpression, compileJsonata } from './jsonata-expression';

/** A compiled value: constant, or computed per visit. */
export type Template =
  | { readonly constant: unknown; readonly evaluate?: undefined }
  | { readonly constant?: undefined; readonly evaluate: (visit: Visit) => MaybePromise<unknown> };

/** The expression in a string, if it is one: nothing, not even a space, may stand outside the delimiters. */
export function expressionText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length < 4 || !value.startsWith('{%') || !value.endsWith('%}')) return undefined;
  return value.slice(2, -2).trim();
}

/** Compiles the expression of a field, or reports why it is none. */
export function compileExpression(text: string, node: DefinitionNode, location: string): JsonataExpression | undefined {
  try {
    return compileJsonata(text);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    node.report(String(message), location, code === 'UNSUPPORTED' ? 'UNSUPPORTED_JSONATA_EXPRESSION' : 'INVALID_JSONATA_EXPRESSION');
    return undefined;
  }
}

/** Compiles a value; `location` is its place in the state, for error messages. */
export function compileTemplate(value: unknown, node: DefinitionNode, location: string): Template {
  const text = expressionText(value);
  if (text !== undefined) {
    const expression = compileExpression(text, node, location);
    return expression ? { evaluate: visit => expression.evaluate(visit, location) } : { constant: undefined };
  }
  if (Array.isArray(value)) {
    return compileContainer(value, value.map((item, index) => [index, compileTemplate(item, node, `${location}[${index}]`)]), () => value.slice());
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [name, compileTemplate(member, node, `${location}/${name}`)] as const);
    return compileContainer(value, members, () => ({ ...value }));
  }
  return { constant: value };
}

function compileContainer(value: unknown, members: ReadonlyArray<readonly [string | number, Template]>, copy: () => unknown[] | JsonObject): Template {
  const computed = members.flatMap(([name, { evaluate }]) => evaluate ? [{ name, evaluate }] : []);
  if (computed.length === 0) return { constant: value };
  const fill = (visit: Visit, result: JsonObject, start: number): MaybePromise<unknown> => {
    for (let index = start; index < computed.length; index++) {
      const { name, evaluate } = computed[index];
      const member = evaluate(visit);
      if (isPromise(member)) {
        return member.then(resolved => {
          setMember(result, name as string, resolved);
          return fill(visit, result, index + 1);
        });
      }
      setMember(result, name as string, member);
    }
    return result;
  };
  return { evaluate: visit => fill(visit, copy() as JsonObject, 0) };
}
