import { Evaluation, Evaluator } from './evaluation';
import { PathNode, isDefinite } from './json-path-syntax';

/** How the filter and function compilers get at the token compiler without importing it back. */
export type CompileTokens = (tokens: PathNode['tokens']) => Evaluator;

/** Reads a path inside a filter or an argument: undefined when it leads nowhere. */
export type PathReader = (current: unknown, evaluation: Evaluation) => unknown;

/** Compiles a path inside a filter or an argument. */
export function compilePathReader(path: PathNode, compileTokens: CompileTokens): PathReader {
  if (path.tokens.length === 0) return path.start === 'current' ? (current) => current : (_, { document }) => document;
  const evaluate = compileTokens(path.tokens);
  const definite = isDefinite(path.tokens);
  return (current, outer) => {
    const evaluation = new Evaluation(outer.document, false, outer);
    evaluate(path.start === 'current' ? current : outer.document, undefined, evaluation);
    if (evaluation.failure !== undefined) return undefined;
    return definite ? evaluation.values[evaluation.values.length - 1] : evaluation.values;
  };
}
