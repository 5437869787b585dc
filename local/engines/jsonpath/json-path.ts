/** Compiles JsonPath, as Jayway reads it, to closures. */

import { Evaluation, Evaluator, trailPath } from './evaluation';
import { getProperty, isObject } from './json-model';
import { PathToken, isDefinite, tokenText } from './json-path-syntax';
import { JsonPathEdition, parsePath } from './path-parser';
import { compileTokens } from './token-compiler';

/** A place in a document, and what is there. */
export interface JsonPathNode {
  readonly path: Array<string | number>;
  readonly value: unknown;
}

/** A compiled path. */
export interface JsonPath {
  readonly text: string;
  /** Whether the path can name one value at most. */
  readonly definite: boolean;
  /** The value a definite path names, or all the values of any other. Undefined when there is no such path in the document. */
  read(root: unknown): unknown;
  /** The same with the place of each value; of several names in one bracket, each is a place of its own. */
  nodes(root: unknown): JsonPathNode[];
  /** Why `read` gives undefined, in Jayway's words; undefined when it gives a value. */
  failure(root: unknown): string | undefined;
}

/** What may be chosen about the language. */
export interface JsonPathOptions {
  readonly edition?: JsonPathEdition;
}

const MAX_CACHED = 1_000;
const caches: Record<JsonPathEdition, Map<string, JsonPath>> = { '2.0': new Map(), '2.9': new Map() };

/** Compiles a path; throws `JsonPathSyntaxError` when it is none. */
export function compileJsonPath(text: string, options: JsonPathOptions = {}): JsonPath {
  const edition = options.edition ?? '2.9';
  const cache = caches[edition];
  let path = cache.get(text);
  if (path === undefined) {
    path = compile(text, edition);
    if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value as string);
    cache.set(text, path);
  }
  return path;
}

function compile(text: string, edition: JsonPathEdition): JsonPath {
  const { tokens } = parsePath(text, edition);
  const definite = isDefinite(tokens);
  const evaluate = compileTokens(tokens, edition);
  const fullText = `$${tokens.map(tokenText).join('')}`;
  const steps = plainSteps(tokens);
  return {
    text,
    definite,
    read: steps ? (root) => readSteps(root, steps) : (root) => readResults(run(evaluate, root, false), definite),
    nodes(root) {
      const { values, trails, failure } = run(evaluate, root, true);
      return failure === undefined ? values.map((value, index) => ({ path: trailPath(trails[index]), value })) : [];
    },
    failure(root) {
      const evaluation = run(evaluate, root, false);
      return readResults(evaluation, definite) === undefined ? evaluation.failure ?? `No results for path: ${fullText}` : undefined;
    },
  };
}

function run(evaluate: Evaluator, root: unknown, tracing: boolean): Evaluation {
  const evaluation = new Evaluation(root, tracing);
  evaluate(root, undefined, evaluation);
  return evaluation;
}

function readResults({ failure, values }: Evaluation, definite: boolean): unknown {
  if (failure !== undefined) return undefined;
  return definite ? values[values.length - 1] : values;
}

/** Nearly every path is a few names and indexes in a row: those need no evaluation state. */
function plainSteps(tokens: readonly PathToken[]): ReadonlyArray<string | number> | undefined {
  const steps: Array<string | number> = [];
  for (const token of tokens) {
    if (token.kind === 'properties' && token.names.length === 1) {
      steps.push(token.names[0]);
    } else if (token.kind === 'indexes' && token.indexes.length === 1) {
      steps.push(token.indexes[0]);
    } else {
      return undefined;
    }
  }
  return steps;
}

function readSteps(root: unknown, steps: ReadonlyArray<string | number>): unknown {
  let value = root;
  for (const key of steps) {
    if (typeof key === 'string') {
      value = isObject(value) ? getProperty(value, key) : undefined;
    } else {
      value = Array.isArray(value) ? value[key < 0 ? value.length + key : key] : undefined;
    }
    if (value === undefined) return undefined;
  }
  return value;
}
