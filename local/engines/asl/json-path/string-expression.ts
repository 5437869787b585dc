/** Texts that are a path or an intrinsic function call. */
import { runtimeFault, StateFault } from '../errors';
import { Visit } from '../state';
import { IntrinsicError, IntrinsicFunction, findIntrinsic } from './intrinsic-functions';
import { IntrinsicNode, parseIntrinsic } from './intrinsic-syntax';
import { PathReference, compilePath, isPath } from './path-reference';

/** The value of such a text in a visit, given the data `$` stands for. */
export type StringExpression = (visit: Visit, root: unknown) => unknown;

/** Compiles a path or call; `field` names the field in error messages. @throws when the text is neither */
export function compileStringExpression(text: string, field: string): StringExpression {
  if (!isPath(text)) return compileCall(parseIntrinsic(text));
  const path = compilePath(text);
  return (visit, root) => {
    const value = path.read(visit, root);
    if (value !== undefined) return value;
    throw runtimeFault(`The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(root)}'`);
  };
}

function compileCall(node: IntrinsicNode): StringExpression {
  if (node.kind !== 'call') throw new IntrinsicError('Expected an intrinsic function call');
  const { text } = node;
  const run: IntrinsicFunction = findIntrinsic(node.name, node.arguments.length);
  const values = node.arguments.map(argument => compileArgument(argument, text));
  return (visit, root) => {
    const given = values.map(value => value(visit, root));
    try {
      return run(given, visit.host);
    } catch (error) {
      if (!(error instanceof IntrinsicError)) throw error;
      throw new StateFault('States.IntrinsicFailure', `The function '${text}' had the following error: ${error.message}`);
    }
  };
}

function compileArgument(node: IntrinsicNode, call: string): StringExpression {
  if (node.kind === 'literal') return () => node.value;
  if (node.kind === 'call') return compileCall(node);
  const path: PathReference = compilePath(node.text);
  return (visit, root) => {
    const value = path.read(visit, root);
    if (value !== undefined) return value;
    throw runtimeFault(`The function '${call}' had the following error: The JsonPath argument for the field '${node.text}' could not be found in the input '${JSON.stringify(root)}'`);
  };
}
