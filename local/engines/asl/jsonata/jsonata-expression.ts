/** JSONata expressions as Step Functions runs them: compiled once, guarded, and with plain JSON as the only result. */
import jsonata from 'jsonata';
import { StateFault, queryEvaluationFault } from '../errors';
import { JsonObject, isObject, setMember } from '../json';
import { Visit } from '../state';
import { EvaluationGuards } from './evaluation-guards';
import { analyse } from './jsonata-analysis';
import { inTurn } from './turns';
import { MaybePromise, isPromise } from '../maybe-promise';
import { HOST_FUNCTIONS, PURE_FUNCTIONS } from './jsonata-functions';
import { SimpleExpression, compileSimple } from './simple-expression';
import { TOO_COMPLEX } from './too-complex';

// All share them, since evaluations take turns.
const GUARDS = new EvaluationGuards();
const CACHE_SIZE = 2000;

// AWS words the limits of an evaluation in its own way, without a code.
const LIMITS: ReadonlyMap<unknown, string> = new Map([
  ['D1011', 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.'],
  ['D1012', 'Expression evaluation timeout: Check for infinite loop'],
  ['D2014', 'Expression evaluation memory limit exceeded: Check for excessive memory usage'],
  ['D2015', 'Expression evaluation memory limit exceeded: Check for excessive memory usage'],
]);

// What JSONata notes on its arrays: another expression would read it there.
const MARKS = ['sequence', 'cons', 'keepSingleton', 'tupleStream', 'outerWrapper'];

/** An expression: the text between `{%` and `%}`. */
export class JsonataExpression {
  /** The expression without its delimiters, as AWS's messages quote it. */
  readonly text: string;
  private readonly compiled: jsonata.Expression;
  private readonly usesStates: boolean;
  private readonly usesContext: boolean;
  private readonly usedNames: readonly string[];
  private readonly hostFunctions: readonly string[];
  private readonly simple?: SimpleExpression;

  /** @throws JSONata's error object when the text is no expression of JSONata 2.0.6 */
  constructor(text: string) {
    this.text = text;
    this.compiled = jsonata(text, GUARDS);
    const ast = this.compiled.ast();
    const { names, usesContext } = analyse(ast);
    this.usesContext = usesContext;
    this.simple = compileSimple(ast);
    this.usesStates = names.has('states');
    this.hostFunctions = [...names].filter(name => HOST_FUNCTIONS.has(name));
    this.usedNames = [...names].filter(name => name !== 'states');
    for (const [name, implementation, signature] of PURE_FUNCTIONS) this.compiled.registerFunction(name, implementation, signature);
    // Step Functions does not offer $eval: an expression given as data must stay data.
    this.compiled.assign('eval', undefined);
  }

  /** The value for a visit; an evaluation without a result is an error. */
  evaluate(visit: Visit, location: string): MaybePromise<unknown> {
    return visit.host.evaluated ? this.evaluateObserved(visit, location) : this.evaluatePlainly(visit, location);
  }

  private evaluateObserved(visit: Visit, location: string): MaybePromise<unknown> {
    const tell = (outcome: { readonly value?: unknown; readonly error?: string }) =>
      visit.host.evaluated!({ stateName: visit.state.name, enteredEventId: visit.enteredEventId, location, expression: this.text, ...outcome });
    const succeed = (value: unknown) => {
      tell({ value });
      return value;
    };
    const fail = (error: unknown): never => {
      tell({ error: error instanceof StateFault ? error.reason : String(error) });
      throw error;
    };
    try {
      const value = this.evaluatePlainly(visit, location);
      return isPromise(value) ? value.then(succeed, fail) : succeed(value);
    } catch (error) {
      return fail(error);
    }
  }

  private evaluatePlainly(visit: Visit, location: string): MaybePromise<unknown> {
    const value = this.simple ? this.simple(visit) : TOO_COMPLEX;
    if (value === TOO_COMPLEX) return this.evaluateFully(visit, location);
    return value === undefined ? this.rejectNothing(location) : value;
  }

  private async evaluateFully(visit: Visit, location: string): Promise<unknown> {
    let value: unknown;
    try {
      value = await inTurn(() => {
        GUARDS.begin();
        return this.compiled.evaluate(undefined, this.bindings(visit)) as Promise<unknown>;
      });
    } catch (error) {
      throw queryEvaluationFault(`The JSONata expression '${this.text}' specified for the field '${location}' threw an error during evaluation${describe(error)}`, location);
    }
    if (value === undefined) this.rejectNothing(location);
    return this.plain(value, location);
  }

  private bindings(visit: Visit): Record<string, unknown> {
    const bindings: Record<string, unknown> = {};
    for (const name of this.hostFunctions) bindings[name] = HOST_FUNCTIONS.get(name)!(visit.host);
    for (const name of this.usedNames) {
      const value = visit.branch.variables.read(name);
      if (value !== undefined) setMember(bindings, name, value);
    }
    if (this.usesStates) bindings.states = this.statesVariable(visit);
    return bindings;
  }

  private statesVariable(visit: Visit): Record<string, unknown> {
    const { input, result, errorOutput } = visit;
    return {
      input,
      ...(result !== undefined && { result }),
      ...(errorOutput !== undefined && { errorOutput }),
      ...(this.usesContext && { context: visit.context }),
    };
  }

  /** JSONata marks its arrays and lets functions through; neither may reach the next state. */
  private plain(value: unknown, location: string): unknown {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'function') this.rejectFunction(location);
      // JSON has no such numbers; AWS writes their names.
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    }
    if (Array.isArray(value)) {
      let changed = MARKS.some(mark => mark in value);
      const items = value.map(item => {
        const plainItem = this.plain(item, location);
        if (plainItem !== item) changed = true;
        return plainItem;
      });
      return changed ? items : value as unknown[];
    }
    if ('_jsonata_lambda' in value || '_jsonata_function' in value) this.rejectFunction(location);
    let copy: Record<string, unknown> | undefined;
    for (const name in value) {
      const member = (value as JsonObject)[name];
      const plainMember = this.plain(member, location);
      if (plainMember === member) continue;
      copy ??= { ...value };
      setMember(copy, name, plainMember);
    }
    return copy ?? value;
  }

  private rejectNothing(location: string): never {
    throw queryEvaluationFault(`The JSONata expression '${this.text}' specified for the field '${location}' returned nothing (undefined).`, location);
  }

  private rejectFunction(location: string): never {
    throw queryEvaluationFault(`The JSONata expression '${this.text}' specified for the field '${location}' returned an unsupported result type.`, location);
  }
}

function describe(error: unknown): string {
  const { code, message } = isObject(error) ? error : { code: undefined, message: String(error) };
  const limit = error instanceof RangeError ? LIMITS.get('D1011') : LIMITS.get(code);
  return limit === undefined && typeof code === 'string' ? `. ${code}: ${String(message)}` : `: ${limit ?? String(message)}`;
}

const cache = new Map<string, JsonataExpression>();

/** The compiled expression for a text; equal texts share one. */
export function compileJsonata(text: string): JsonataExpression {
  let expression = cache.get(text);
  if (!expression) {
    expression = new JsonataExpression(text);
    if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!);
    cache.set(text, expression);
  }
  return expression;
}
