/** Strings. In double quotes a string is a template of its own. */

import { Compilation, Evaluate } from './compilation';
import { Output } from '../runtime/output';
import { Expression } from '../syntax/nodes';
import { VtlSyntaxError } from '../syntax/vtl-syntax-error';

type StringNode = Extract<Expression, { kind: 'string' }>;

/** Compiles a string. */
export function compileString(node: StringNode, compilation: Compilation): Evaluate {
  const quote = node.image.charAt(0);
  const raw = node.image.slice(1, -1);
  const text = (quote === '"' ? unescapeUnicode(raw, node, compilation) : raw).replaceAll(quote + quote, quote);
  if (quote !== '"' || !/[$#]/.test(raw)) return () => text;
  return text.includes('##') ? compileTemplateText(text, node, compilation) : compileTerminatedText(text, node, compilation);
}

/** A blank after the text ends whatever its last characters began; it is taken off again. After a line comment there would be no use in one. */
function compileTerminatedText(text: string, node: StringNode, compilation: Compilation): Evaluate {
  const evaluate = compileTemplateText(`${text} `, node, compilation);
  return (scope) => evaluate(scope).slice(0, -1);
}

function compileTemplateText(text: string, node: StringNode, compilation: Compilation): (...parameters: Parameters<Evaluate>) => string {
  const render = located(node, compilation, () => compilation.compileSource(text));
  return (scope) => {
    const output = new Output();
    render(scope, output);
    return output.text;
  };
}

/** The only escape of a string. */
function unescapeUnicode(text: string, node: StringNode, compilation: Compilation): string {
  return text.replace(/\\u(.{0,4})/gs, (_, digits: string) => {
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      const { line, column } = compilation.stream.location(compilation.stream.tokenAt(node.first));
      throw new VtlSyntaxError('A \\u in a string needs four hexadecimal digits', line, column);
    }
    return String.fromCharCode(parseInt(digits, 16));
  });
}

/** An error in the string is reported where the string stands in the template. */
function located<T>(node: StringNode, { stream }: Compilation, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof VtlSyntaxError)) throw error;
    const { line, column } = stream.location(stream.tokenAt(node.first));
    throw new VtlSyntaxError(`${error.reason} in the string`, line + error.line - 1, error.line === 1 ? column + error.column : error.column);
  }
}
