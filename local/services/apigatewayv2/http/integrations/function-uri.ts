import { functionArnOf } from '../../lambda-uri';

const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

/** The ARN of the function that an integration's URI names, with the stage's variables filled in: an HTTP API takes the ARN itself as well. */
export function apiFunctionArnOf(uri: string, stageVariables: Readonly<Record<string, string>>): string {
  const filled = uri.replace(/\$\{stageVariables\.([\w.-]+)\}/g, (variable, name: string) => Object.hasOwn(stageVariables, name) ? stageVariables[name] : variable);
  return FUNCTION_ARN.test(filled) ? filled : functionArnOf(filled);
}
