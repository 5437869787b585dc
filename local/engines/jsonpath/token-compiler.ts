/** Tokens to closures. */

import { Evaluation, Evaluator, Trail } from './evaluation';
import { compileFilter } from './filter-compiler';
import { compileFunction } from './functions';
import { NumberObject, createObject, getProperty, hasProperty, isObject, propertyNames } from './json-model';
import { PathToken, isDefiniteToken, tokenText } from './json-path-syntax';
import { CompileTokens } from './operand';
import { JsonPathEdition } from './path-parser';

type ArrayToken = Extract<PathToken, { kind: 'indexes' | 'slice' }>;

/** What a token knows of the path before it. */
interface Upstream {
  readonly definite: boolean;
  /** The path so far in bracket notation; exact where it is definite, and messages are needed only there. */
  readonly text: string;
  /** The editions differ in their messages. */
  readonly edition: JsonPathEdition;
}

/** Compiles a path's tokens from the last to the first, so that each closure knows its successor. */
export function compileTokens(tokens: readonly PathToken[], edition: JsonPathEdition): Evaluator {
  const compileInner: CompileTokens = (inner) => compileTokens(inner, edition);
  const upstreams = describeUpstreams(tokens, edition);
  let next: Evaluator = (value, trail, evaluation) => evaluation.emit(value, trail);
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    const isLast = index === tokens.length - 1;
    if (token.kind === 'scan') {
      const target = tokens[index + 1];
      next = compileScan(compileScanPredicate(target, index + 1 === tokens.length - 1, compileInner), next);
    } else {
      next = compileToken(token, isLast, upstreams[index], next, compileInner);
    }
  }
  return next;
}

/**
 * What each token knows of the path before it. 2.9 asks whether all of it is definite; 2.0 looks from the token before this one to the end of
 * the path instead, so that in a path with a wildcard nothing is missing before it, but something may be missing two steps after it. On the
 * other hand 2.0 insists that whatever it comes to is an object or an array, as the token demands.
 */
function describeUpstreams(tokens: readonly PathToken[], edition: JsonPathEdition): Upstream[] {
  const definite = tokens.map((token, index) => isDefiniteToken(token, index === tokens.length - 1));
  return tokens.map((_, index) => ({
    definite: (edition === '2.0' ? definite.slice(Math.max(0, index - 1)) : definite.slice(0, index)).every(Boolean),
    text: `$${tokens.slice(0, index).map(tokenText).join('')}`,
    edition,
  }));
}

function compileToken(
  token: Exclude<PathToken, { kind: 'scan' }>,
  isLast: boolean,
  upstream: Upstream,
  next: Evaluator,
  compileInner: CompileTokens,
): Evaluator {
  switch (token.kind) {
    case 'properties': return compileProperties(token.names, isLast, upstream, next);
    case 'indexes':
    case 'slice': return compileArrayToken(token, upstream, next);
    case 'wildcard': return compileWildcard(upstream, next);
    case 'filter': return compileFilterToken(token, upstream, next, compileInner);
    case 'function': return compileFunction(token, compileInner, next);
  }
}

function compileProperties(names: readonly string[], isLast: boolean, upstream: Upstream, next: Evaluator): Evaluator {
  const merges = names.length > 1 && isLast;
  const text = tokenText({ kind: 'properties', names });
  const notAnObject = upstream.edition === '2.0'
    ? `Property ${text} not found in path ${upstream.text}`
    : `Expected to find an object with property ${text} in path ${upstream.text}`;
  const missing = isLast ? `No results for path: ${upstream.text}${text}` : `Missing property in path ${upstream.text}${text}`;
  return (value, trail, evaluation) => {
    if (!isObject(value)) {
      if (upstream.definite || upstream.edition === '2.0') evaluation.failure = notAnObject;
    } else if (!merges || evaluation.tracing) {
      for (const name of names) {
        const property = getProperty(value, name);
        if (property !== undefined) {
          next(property, evaluation.extend(trail, name), evaluation);
        } else if (upstream.definite && names.length === 1) {
          evaluation.failure = missing;
        }
      }
    } else {
      next(createObject(names.filter((name) => hasProperty(value, name)).map((name) => [name, getProperty(value, name)])), trail, evaluation);
    }
  };
}

function compileArrayToken(token: ArrayToken, upstream: Upstream, next: Evaluator): Evaluator {
  const visit = (array: readonly unknown[], index: number, trail: Trail | undefined, evaluation: Evaluation): void => {
    const position = index < 0 ? array.length + index : index;
    if (position >= 0 && position < array.length) {
      next(array[position], evaluation.extend(trail, position), evaluation);
    } else if (upstream.edition === '2.0') {
      evaluation.failure = `Index out of bounds when evaluating path ${upstream.text}[${index}]`;
    }
  };
  const select = token.kind === 'indexes'
    ? (array: readonly unknown[], trail: Trail | undefined, evaluation: Evaluation) => token.indexes.forEach((index) => visit(array, index, trail, evaluation))
    : (array: readonly unknown[], trail: Trail | undefined, evaluation: Evaluation) => {
      const [from, to] = sliceBounds(token, array.length);
      for (let index = from; index < to; index++) visit(array, index, trail, evaluation);
    };
  return (value, trail, evaluation) => {
    if (Array.isArray(value)) {
      select(value, trail, evaluation);
    } else if (upstream.definite || upstream.edition === '2.0') {
      evaluation.failure = `Filter: ${tokenText(token)} can only be applied to arrays. Current context is: ${upstream.text}`;
    }
  };
}

/**
 * Jayway counts from the end only where just one bound is given. With both, each index between them is looked up by itself, so that
 * `[-2:-1]` works, `[1:-1]` selects nothing, and `[-1:1]` wraps around.
 */
function sliceBounds({ from, to }: Extract<PathToken, { kind: 'slice' }>, length: number): [number, number] {
  if (from !== undefined && to !== undefined) return [Math.max(from, -length), Math.min(to, length)];
  if (from !== undefined) return [Math.max(0, from < 0 ? length + from : from), length];
  const end = to ?? length;
  return [0, Math.min(end < 0 ? length + end : end, length)];
}

function compileWildcard({ edition }: Upstream, next: Evaluator): Evaluator {
  return (value, trail, evaluation) => {
    if (Array.isArray(value)) {
      const { failure } = evaluation;
      value.forEach((item: unknown, index) => {
        next(item, evaluation.extend(trail, index), evaluation);
        // 2.0 overlooks what is missing in the items of an array, though not in the properties of an object.
        if (edition === '2.0') evaluation.failure = failure;
      });
    } else if (isObject(value)) {
      for (const name of propertyNames(value)) next(getProperty(value, name), evaluation.extend(trail, name), evaluation);
    }
  };
}

/** A filter chooses among the items of an array; an object is itself put to the test. */
function compileFilterToken(
  token: Extract<PathToken, { kind: 'filter' }>,
  upstream: Upstream,
  next: Evaluator,
  compileInner: CompileTokens,
): Evaluator {
  const accepts = compileFilter(token.condition, compileInner);
  return (value, trail, evaluation) => {
    if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => {
        if (accepts(item, evaluation)) next(item, evaluation.extend(trail, index), evaluation);
      });
    } else if (isObject(value)) {
      if (accepts(value, evaluation)) next(value, trail, evaluation);
    } else if (upstream.definite) {
      evaluation.failure = `Filter: [?] can not be applied to primitives. Current context is: ${upstream.text}`;
    }
  };
}

type ScanPredicate = (value: object, evaluation: Evaluation) => boolean;

/** A scan offers the token that follows only those containers it can do something with. */
function compileScanPredicate(target: PathToken, targetIsLast: boolean, compileInner: CompileTokens): ScanPredicate {
  switch (target.kind) {
    case 'properties': {
      const { names } = target;
      return names.length === 1 || targetIsLast
        ? (value) => isObject(value) && names.every((name) => hasProperty(value, name))
        : isObject;
    }
    case 'indexes':
    case 'slice': return Array.isArray;
    case 'wildcard': return () => true;
    case 'filter': {
      const accepts = compileFilter(target.condition, compileInner);
      return (value, evaluation) => accepts(value, evaluation);
    }
    default: return () => false;
  }
}

/** Walks a value and all that is in it, parents first. The stack is kept by hand: a document may be nested deeper than calls may. */
function compileScan(matches: ScanPredicate, next: Evaluator): Evaluator {
  return (root, rootTrail, evaluation) => {
    const pending: Array<{ value: unknown; trail: Trail | undefined }> = [{ value: root, trail: rootTrail }];
    for (let item = pending.pop(); item; item = pending.pop()) {
      const { value, trail } = item;
      if (typeof value !== 'object' || value === null || value instanceof NumberObject) continue;
      evaluation.countVisit();
      if (matches(value, evaluation)) next(value, trail, evaluation);
      if (Array.isArray(value)) {
        for (let index = value.length - 1; index >= 0; index--) pending.push({ value: value[index], trail: evaluation.extend(trail, index) });
      } else {
        const names = propertyNames(value);
        for (let index = names.length - 1; index >= 0; index--) {
          pending.push({ value: getProperty(value, names[index]), trail: evaluation.extend(trail, names[index]) });
        }
      }
    }
  };
}
