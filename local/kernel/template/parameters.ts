/** The values of a template's parameters, held against the constraints that the template declares. */
import { runInNewContext } from 'vm';
import { entriesOf, isObject, JsonObject, ownProperty } from './json';
import { StackEnvironment } from './stack-environment';
import { StackTemplate } from './stack-template';
import { TemplateLocation } from './template-error';

const SYSTEMS_MANAGER_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;
const PATTERN_TIME_LIMIT_MILLISECONDS = 1000;

/** A parameter whose value nobody gave: only a reference to it is an error, as most are never referred to. */
export class UnknownParameterValue {
  constructor(readonly problem: string) {}
}

/** Reads every parameter of a stack: a string, a list of strings for the list types, or why there is no value. */
export function readParameters(stack: StackTemplate, environment: StackEnvironment): ReadonlyMap<string, string | string[] | UnknownParameterValue> {
  const given = new Map([...Object.entries(stack.parameters), ...Object.entries(environment.parameters ?? {})]);
  const values = new Map<string, string | string[] | UnknownParameterValue>();
  for (const [name, definition] of entriesOf(stack.template.Parameters)) {
    const location: TemplateLocation = new TemplateLocation(stack, ['Parameters', name]);
    if (!isObject(definition)) location.fail('a parameter must be an object');
    values.set(name, readParameter(name, definition, given.get(name), environment, location));
  }
  return values;
}

/** Refuses a stack whose parameters lack values; the error text is CloudFormation's own. */
export function requireParameters(stack: StackTemplate): void {
  const missing = entriesOf(stack.template.Parameters).filter(([name, definition]) => !Object.hasOwn(stack.parameters, name) && ownProperty(definition, 'Default') === undefined);
  if (missing.length > 0) {
    const names = missing.map(([name]) => name);
    const location: TemplateLocation = new TemplateLocation(stack, ['Parameters', names[0]]);
    location.fail(`Parameters: [${names.join(', ')}] must have values. Give them: --parameters ${names.map(name => `${name}=…`).join(' ')}`);
  }
}

function readParameter(
  name: string, definition: JsonObject, given: string | undefined, environment: StackEnvironment, location: TemplateLocation,
): string | string[] | UnknownParameterValue {
  const type = ownProperty(definition, 'Type');
  if (typeof type !== 'string') location.fail('every Parameters object must contain a Type member');
  const fallback = ownProperty(definition, 'Default');
  const value = given ?? (fallback === undefined ? undefined : scalarText(fallback, location));
  if (value === undefined) return new UnknownParameterValue(`parameter ${name} has no value: give it one, or a Default`);
  const systemsManagerType = SYSTEMS_MANAGER_VALUE.exec(type)?.[1];
  if (systemsManagerType !== undefined) {
    const looked = environment.systemsManagerParameter?.(value);
    if (looked === undefined) return new UnknownParameterValue(`parameter ${name} is the value of the Systems Manager parameter ${value}, which is not known here`);
    return isListType(systemsManagerType) ? splitList(looked) : looked;
  }
  checkConstraints(name, type, definition, value, location);
  return isListType(type) ? splitList(value) : value;
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function splitList(value: string): string[] {
  return value === '' ? [] : value.split(',').map(member => member.trim());
}

function checkConstraints(name: string, type: string, definition: JsonObject, value: string, location: TemplateLocation): void {
  const constraint = ownProperty(definition, 'ConstraintDescription');
  const refuse = (problem: string): never => location.fail(typeof constraint === 'string' ? `Parameter ${name} failed to satisfy constraint: ${constraint}` : problem);
  const members = isListType(type) ? splitList(value) : [value];

  const allowed = ownProperty(definition, 'AllowedValues');
  if (Array.isArray(allowed) && !members.every(member => allowed.some(candidate => String(candidate) === member))) {
    refuse(`Parameter '${name}' must be one of AllowedValues`);
  }
  if (type === 'Number' || type === 'List<Number>') {
    const minimum = bound(definition, 'MinValue', location);
    const maximum = bound(definition, 'MaxValue', location);
    for (const member of members) {
      const number = member.trim() === '' ? NaN : Number(member);
      if (!Number.isFinite(number)) refuse(`Parameter '${name}' must be a number.`);
      if (minimum !== undefined && number < minimum) refuse(`Parameter '${name}' must be a number not less than ${minimum}`);
      if (maximum !== undefined && number > maximum) refuse(`Parameter '${name}' must be a number not greater than ${maximum}`);
    }
  }
  if (type === 'String') {
    const minimum = bound(definition, 'MinLength', location);
    const maximum = bound(definition, 'MaxLength', location);
    if (minimum !== undefined && value.length < minimum) refuse(`Parameter '${name}' must contain at least ${minimum} characters`);
    if (maximum !== undefined && value.length > maximum) refuse(`Parameter '${name}' must contain at most ${maximum} characters`);
  }
  const pattern = ownProperty(definition, 'AllowedPattern');
  if (typeof pattern === 'string' && !members.every(member => matchesPattern(pattern, member, location))) {
    refuse(`Parameter '${name}' must match pattern ${pattern}`);
  }
}

/** The whole value has to match. A pattern that backtracks without end is stopped rather than waited for. */
function matchesPattern(pattern: string, value: string, location: TemplateLocation): boolean {
  try {
    const matches: unknown = runInNewContext('new RegExp(`^(?:${pattern})$`).test(value)', { pattern, value }, { timeout: PATTERN_TIME_LIMIT_MILLISECONDS });
    return matches === true;
  } catch (error) {
    return location.fail(`AllowedPattern cannot be applied: ${(error as Error).message}`, error);
  }
}

function bound(definition: JsonObject, name: string, location: TemplateLocation): number | undefined {
  const value = ownProperty(definition, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number)) location.fail(`${name} must be a number`);
  return number;
}

function scalarText(value: unknown, location: TemplateLocation): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return location.fail('every Default member must be a string.');
}
