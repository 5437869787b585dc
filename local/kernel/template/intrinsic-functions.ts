/** The intrinsic functions of CloudFormation that turn values into a value. Messages are CloudFormation's own where they are known. */
import { subdivide } from './cidr';
import { isObject } from './json';
import { NO_VALUE } from './pseudo-parameters';
import { parseSubstitution } from './substitution';

/** What an intrinsic function sees of the template around it. */
export interface FunctionScope {
  readonly languageExtensions: boolean;
  /** Resolves a part of the function's argument; the segments lead to it, for messages. */
  resolve(value: unknown, ...segments: string[]): unknown;
  /** The value of `Ref`. */
  ref(name: string): unknown;
  /** The value of `Fn::GetAtt`. */
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  /** The value of a Mapping; undefined when any of the keys is missing. */
  mapping(mapName: string, topLevelKey: string, secondLevelKey: string): unknown;
  importValue(name: string): unknown;
  availabilityZones(region: string): readonly string[];
  /** Refuses a function of `AWS::LanguageExtensions` in a template that does not declare that transform. */
  requireLanguageExtensions(feature: string): void;
  /** Counts what a function is about to produce, and refuses what no deployable template produces. */
  produce(characters: number): void;
  fail(problem: string): never;
}

/** An intrinsic function: its unresolved argument to its value. */
export type IntrinsicFunction = (argument: unknown, scope: FunctionScope) => unknown;

/** What a list costs besides its texts. */
const CHARACTERS_PER_MEMBER = 16;

/** The text of a scalar, undefined for anything else. */
export function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function listArgument(argument: unknown, lengths: readonly number[], scope: FunctionScope, problem: string): unknown[] {
  return Array.isArray(argument) && lengths.includes(argument.length) ? argument : scope.fail(problem);
}

function resolveText(value: unknown, scope: FunctionScope, problem: string, ...segments: string[]): string {
  return scalarText(scope.resolve(value, ...segments)) ?? scope.fail(problem);
}

function resolveList(value: unknown, scope: FunctionScope, problem: string, ...segments: string[]): unknown[] {
  const resolved = scope.resolve(value, ...segments);
  return Array.isArray(resolved) ? resolved : scope.fail(problem);
}

/** A logical id or attribute name: literal, or (with the language extensions) itself computed. */
function resolveName(value: unknown, scope: FunctionScope, problem: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (isObject(value) && scope.languageExtensions) return resolveText(value, scope, problem);
  return scope.fail(problem);
}

function ref(argument: unknown, scope: FunctionScope): unknown {
  return scope.ref(resolveName(argument, scope, 'Template error: every Ref object must have a single String value.'));
}

/** The resource and the attribute that an argument of `Fn::GetAtt` names. */
export function attributeReference(argument: unknown, scope: FunctionScope): [logicalId: string, attribute: string] {
  const problem = 'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute';
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot <= 0 || dot === argument.length - 1) scope.fail(problem);
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const [logicalId, attribute] = listArgument(argument, [2], scope, problem);
  // The attribute's name alone may come from a parameter without the language extensions.
  return [resolveName(logicalId, scope, problem), isObject(attribute) ? resolveText(attribute, scope, problem, '1') : resolveName(attribute, scope, problem)];
}

function getAttribute(argument: unknown, scope: FunctionScope): unknown {
  return scope.attribute(...attributeReference(argument, scope));
}

/** The text and the variables of an argument of `Fn::Sub`, whichever form it has. */
export function substitutionArgument(argument: unknown, scope: FunctionScope): { template: string; variables: Readonly<Record<string, unknown>> } {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : Array.isArray(argument) && argument.length === 2 ? argument : [];
  if (typeof template === 'string' && isObject(variables)) return { template, variables };
  return scope.fail("Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. "
    + 'Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string');
}

/** The parts of a `Fn::Sub` text, refused at the place of the function. */
export function substitutionParts(template: string, scope: FunctionScope): ReturnType<typeof parseSubstitution> {
  try {
    return parseSubstitution(template);
  } catch (error) {
    return scope.fail((error as Error).message);
  }
}

function substitute(argument: unknown, scope: FunctionScope): string {
  const { template, variables } = substitutionArgument(argument, scope);
  const values = new Map(Object.entries(variables).map(([variable, value]) => [variable, scope.resolve(value, '1', variable)]));
  const texts = substitutionParts(template, scope).map(part => {
    if ('literal' in part) return part.literal;
    const { variable } = part;
    const dot = variable.indexOf('.');
    const value = values.has(variable) ? values.get(variable)
      : dot > 0 ? scope.attribute(variable.slice(0, dot), variable.slice(dot + 1)) : scope.ref(variable);
    return scalarText(value) ?? scope.fail(`Template error: Fn::Sub needs text for \${${variable}}, which is ${describe(value)}`);
  });
  return concatenate(texts, '', scope);
}

function concatenate(texts: readonly string[], delimiter: string, scope: FunctionScope): string {
  scope.produce(texts.reduce((total, member) => total + member.length, delimiter.length * texts.length));
  return texts.join(delimiter);
}

function join(argument: unknown, scope: FunctionScope): string {
  const problem = 'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined '
    + 'or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
  const [delimiter, members] = listArgument(argument, [2], scope, problem);
  if (typeof delimiter !== 'string') scope.fail(problem);
  const texts = resolveList(members, scope, problem, '1').map(member => scalarText(member) ?? scope.fail(problem));
  return concatenate(texts, delimiter, scope);
}

function select(argument: unknown, scope: FunctionScope): unknown {
  const problem = 'Template error: Fn::Select requires a list argument with two elements: an integer index and a list';
  const [indexValue, members] = listArgument(argument, [2], scope, problem);
  const index = resolveText(indexValue, scope, problem, '0');
  if (!/^\d{1,9}$/.test(index)) scope.fail(problem);
  const candidates = resolveList(members, scope, problem, '1');
  return Number(index) < candidates.length ? candidates[Number(index)] : scope.fail(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
}

function split(argument: unknown, scope: FunctionScope): string[] {
  const problem = 'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split '
    + 'or a function that returns a string to be split.';
  const [delimiter, source] = listArgument(argument, [2], scope, problem);
  if (typeof delimiter !== 'string' || delimiter === '') scope.fail(problem);
  const members = resolveText(source, scope, problem, '1').split(delimiter);
  scope.produce(members.length * CHARACTERS_PER_MEMBER);
  return members;
}

function findInMap(argument: unknown, scope: FunctionScope): unknown {
  const problem = 'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value';
  const [mapName, topLevelKey, secondLevelKey, options] = listArgument(argument, [3, 4], scope, problem);
  const keys = [mapName, topLevelKey, secondLevelKey].map((key, index) => resolveText(key, scope, problem, String(index)));
  const value = scope.mapping(keys[0], keys[1], keys[2]);
  if (options !== undefined) {
    scope.requireLanguageExtensions('the DefaultValue of Fn::FindInMap');
    if (!isObject(options) || !Object.hasOwn(options, 'DefaultValue')) scope.fail(problem);
    if (value === undefined) return scope.resolve(options.DefaultValue, '3', 'DefaultValue');
  }
  return value ?? scope.fail(`Template error: Unable to get mapping for ${keys.join('::')}`);
}

function conditional(argument: unknown, scope: FunctionScope): unknown {
  const problem = 'Template error: Fn::If requires a list argument of three elements: the name of a condition and the values for true and false';
  const [condition, whenTrue, whenFalse] = listArgument(argument, [3], scope, problem);
  if (typeof condition !== 'string') scope.fail(problem);
  return scope.condition(condition) ? scope.resolve(whenTrue, '1') : scope.resolve(whenFalse, '2');
}

function base64(argument: unknown, scope: FunctionScope): string {
  const source = scope.resolve(argument);
  if (typeof source !== 'string') scope.fail('Template error: every Fn::Base64 object must have a String-typed value.');
  scope.produce(source.length * 2);
  return Buffer.from(source, 'utf8').toString('base64');
}

function cidr(argument: unknown, scope: FunctionScope): string[] {
  const problem = 'Template error: Fn::Cidr requires a list argument of three elements: an address block, a count and the number of host bits of each part';
  const values = listArgument(argument, [3], scope, problem).map((value, index) => resolveText(value, scope, problem, String(index)));
  try {
    return subdivide(values[0], Number(values[1]), Number(values[2]));
  } catch (error) {
    return scope.fail((error as Error).message);
  }
}

function getAvailabilityZones(argument: unknown, scope: FunctionScope): string[] {
  const region = resolveText(argument, scope, 'Template error: every Fn::GetAZs object requires a region');
  return [...scope.availabilityZones(region)];
}

function importValue(argument: unknown, scope: FunctionScope): unknown {
  const problem = 'Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string';
  return scope.importValue(resolveText(argument, scope, problem));
}

function length(argument: unknown, scope: FunctionScope): number {
  scope.requireLanguageExtensions('Fn::Length');
  return resolveList(argument, scope, 'Template error: Fn::Length requires a list or a function that returns a list').length;
}

function toJsonString(argument: unknown, scope: FunctionScope): string {
  scope.requireLanguageExtensions('Fn::ToJsonString');
  const value = scope.resolve(argument);
  if (typeof value !== 'object' || value === null) scope.fail('Template error: Fn::ToJsonString requires an object or a list');
  const json = JSON.stringify(value);
  scope.produce(json.length);
  return json;
}

/** What a value is, for messages. */
export function describe(value: unknown): string {
  if (value === NO_VALUE) return 'AWS::NoValue';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The functions that are allowed wherever a value may stand. */
export const INTRINSIC_FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAttribute],
  ['Fn::GetAZs', getAvailabilityZones],
  ['Fn::If', conditional],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', substitute],
  ['Fn::ToJsonString', toJsonString],
]);

/** The key under which an object names an intrinsic function; undefined for plain data. */
export function intrinsicKey(value: Readonly<Record<string, unknown>>): string | undefined {
  const keys = Object.keys(value);
  // `Ref` beside other keys is somebody's data; a function beside other keys is a mistake that the caller reports.
  return keys.length === 1 && keys[0] === 'Ref' ? 'Ref' : keys.find(key => key.startsWith('Fn::'));
}
