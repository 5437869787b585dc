/** Evaluates values of one template: walks them, calls the intrinsic functions, and knows where it stands for messages. */
import { CONDITION_FUNCTIONS, evaluateCondition } from './conditions';
import { FunctionScope, INTRINSIC_FUNCTIONS, describe, intrinsicKey } from './intrinsic-functions';
import { isObject, ownProperty } from './json';
import { UnknownParameterValue } from './parameters';
import { NO_VALUE } from './pseudo-parameters';
import { ResourceValues, StackEnvironment } from './stack-environment';
import { StackTemplate } from './stack-template';
import { TemplateError, TemplateLocation } from './template-error';

/** Far more than CloudFormation takes for a whole stack; stops texts that double at every level of a template. */
const MAXIMUM_PRODUCED_CHARACTERS = 32 * 1024 * 1024;

const DYNAMIC_REFERENCE = /\{\{resolve:(?:ssm|ssm-secure|secretsmanager):[^{}]*\}\}/;

/** What is known of a template before any of its resources exists. */
export interface TemplateFacts {
  readonly stack: StackTemplate;
  readonly environment: StackEnvironment;
  readonly languageExtensions: boolean;
  readonly pseudoParameters: ReadonlyMap<string, unknown>;
  readonly parameters: ReadonlyMap<string, string | string[] | UnknownParameterValue>;
  /** The conditions evaluated so far. */
  readonly conditions: Map<string, boolean>;
  /** The bodies of the conditions, loops expanded. */
  readonly conditionBodies: ReadonlyMap<string, unknown>;
  /** The types of the resources whose condition holds; empty while the conditions are being evaluated. */
  readonly resourceTypes: ReadonlyMap<string, string>;
}

/** Evaluates values at one place of a template. */
export class Evaluator implements FunctionScope {
  readonly languageExtensions: boolean;
  private readonly location: TemplateLocation;
  private readonly conditionsUnderWay: string[] = [];
  private producedCharacters = 0;

  constructor(
    private readonly facts: TemplateFacts,
    path: readonly string[],
    private readonly logicalId?: string,
    /** The resources that may be referred to; none in Conditions and in the collections of loops. */
    private readonly resources?: ResourceValues,
  ) {
    this.languageExtensions = facts.languageExtensions;
    this.location = new TemplateLocation(facts.stack, path, logicalId);
  }

  resolve(value: unknown, ...segments: string[]): unknown {
    const [segment, ...rest] = segments;
    if (segment !== undefined) return this.within(segment, () => this.resolve(value, ...rest));
    if (typeof value === 'string') return this.withoutDynamicReference(value);
    if (Array.isArray(value)) return value.map((member, index) => this.within(String(index), () => this.resolve(member))).filter(member => member !== NO_VALUE);
    if (isObject(value)) return this.resolveObject(value);
    if (value === null) this.fail("'null' values are not allowed in templates");
    return value;
  }

  ref(name: string): unknown {
    const { pseudoParameters, parameters, resourceTypes } = this.facts;
    if (pseudoParameters.has(name)) return pseudoParameters.get(name);
    const parameter = parameters.get(name);
    if (parameter instanceof UnknownParameterValue) this.fail(parameter.problem);
    if (parameter !== undefined) return parameter;
    const resources = this.resourcesWith(name);
    const value = this.guard(() => resources.ref(name));
    return value ?? this.fail(`Ref gives no value for ${name}${this.type(resourceTypes.get(name))}`);
  }

  attribute(logicalId: string, name: string): unknown {
    const resources = this.resourcesWith(logicalId);
    const value = this.guard(() => resources.attribute(logicalId, name));
    return value ?? this.fail(`Template error: resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt${this.type(this.facts.resourceTypes.get(logicalId))}`);
  }

  condition(name: string): boolean {
    const { conditions, conditionBodies } = this.facts;
    const known = conditions.get(name);
    if (known !== undefined) return known;
    if (!conditionBodies.has(name)) this.fail(`Template format error: Unresolved condition dependency ${name}`);
    const start = this.conditionsUnderWay.indexOf(name);
    if (start >= 0) this.fail(`Circular dependency between conditions: [${this.conditionsUnderWay.slice(start).join(', ')}]`);
    this.conditionsUnderWay.push(name);
    const value = this.location.elsewhere(['Conditions', name], () => evaluateCondition(conditionBodies.get(name), this));
    this.conditionsUnderWay.pop();
    conditions.set(name, value);
    return value;
  }

  mapping(mapName: string, topLevelKey: string, secondLevelKey: string): unknown {
    return ownProperty(ownProperty(ownProperty(this.facts.stack.template.Mappings, mapName), topLevelKey), secondLevelKey);
  }

  importValue(name: string): unknown {
    const value = this.guard(() => this.facts.environment.importValue?.(name));
    return value ?? this.fail(`No export named ${name} found`);
  }

  availabilityZones(region: string): readonly string[] {
    const { environment } = this.facts;
    const name = region === '' ? environment.region : region;
    return environment.availabilityZones?.(name) ?? ['a', 'b', 'c'].map(letter => `${name}${letter}`);
  }

  requireLanguageExtensions(feature: string): void {
    if (!this.languageExtensions) this.fail(`${feature} needs "Transform": "AWS::LanguageExtensions" in the template`);
  }

  produce(characters: number): void {
    this.producedCharacters += characters;
    if (this.producedCharacters > MAXIMUM_PRODUCED_CHARACTERS) this.fail(`the template resolves to more than ${MAXIMUM_PRODUCED_CHARACTERS} characters`);
  }

  within<T>(segment: string, read: () => T): T {
    return this.location.within(segment, read);
  }

  fail(problem: string, cause?: unknown): never {
    return this.location.fail(problem, cause);
  }

  private resolveObject(value: Readonly<Record<string, unknown>>): unknown {
    const key = intrinsicKey(value);
    if (key !== undefined) return this.within(key, () => this.call(key, value));
    // Object.fromEntries defines properties, so that a key `__proto__` stays data.
    return Object.fromEntries(Object.entries(value)
      .map(([name, member]): [string, unknown] => [name, this.within(name, () => this.resolve(member))])
      .filter(([, member]) => member !== NO_VALUE));
  }

  private call(key: string, value: Readonly<Record<string, unknown>>): unknown {
    if (key === 'Fn::Transform') this.fail(`the macro ${describeMacro(value[key])} (Fn::Transform) is not run here`);
    if (Object.keys(value).length > 1) this.fail(`${key} has to be the only key of its object`);
    if (CONDITION_FUNCTIONS.has(key)) this.fail(`${key} is allowed in the Conditions section only`);
    const intrinsic = INTRINSIC_FUNCTIONS.get(key) ?? this.fail(`the intrinsic function ${key} is not supported`);
    const result = intrinsic(value[key], this);
    return typeof result === 'string' ? this.withoutDynamicReference(result) : result;
  }

  private resourcesWith(logicalId: string): ResourceValues {
    if (this.resources === undefined) {
      this.fail(`Template error: Unresolved dependencies [${logicalId}]. Only parameters, mappings and pseudo parameters can be referred to here`);
    }
    if (!this.facts.resourceTypes.has(logicalId)) {
      const block = this.logicalId === undefined ? 'Outputs' : 'Resources';
      this.fail(`Template format error: Unresolved resource dependencies [${logicalId}] in the ${block} block of the template`);
    }
    return this.resources;
  }

  /** An error from outside the template is given its place in the template. */
  private guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof TemplateError) throw error;
      return this.fail((error as Error).message, error);
    }
  }

  private withoutDynamicReference(value: string): string {
    const reference = value.includes('{{resolve:') ? DYNAMIC_REFERENCE.exec(value) : null;
    return reference === null ? value : this.fail(`the dynamic reference ${reference[0]} is not looked up here`);
  }

  private type(type: string | undefined): string {
    return type === undefined ? '' : ` (${type})`;
  }
}

function describeMacro(argument: unknown): string {
  const name = ownProperty(argument, 'Name');
  return typeof name === 'string' ? name : describe(argument);
}
