/** Resolves the template of one stack: its parameters, conditions, resources in order, and outputs. */
import { Evaluator, TemplateFacts } from './evaluator';
import { LoopExpander } from './for-each';
import { describe, scalarText } from './intrinsic-functions';
import { entriesOf, isObject, ownProperty } from './json';
import { readParameters, UnknownParameterValue } from './parameters';
import { NO_VALUE, pseudoParameters } from './pseudo-parameters';
import { collectReferences, sortByDependencies } from './resource-order';
import { ResourceValues, StackEnvironment } from './stack-environment';
import { ResourceDefinition, StackTemplate, Template } from './stack-template';
import { TemplateError, TemplateLocation } from './template-error';
import { transformServerless, TransformError } from '../../engines/sam';

const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';
const SERVERLESS = 'AWS::Serverless-2016-10-31';

/** For walks that look at references without following them. */
const NO_RESOURCES: ResourceValues = { ref: () => undefined, attribute: () => undefined };

/** One output of a stack. */
export interface StackOutput {
  readonly value: string;
  readonly description?: string;
  /** The name other stacks import the value by. */
  readonly exportName?: string;
}

/** The template of one stack, resolved against its environment. */
export class TemplateResolver {
  /** The template with its loops expanded and its transforms run. */
  readonly template: Template;
  private readonly facts: TemplateFacts;
  private readonly definitions: ReadonlyMap<string, ResourceDefinition>;

  constructor(readonly stack: StackTemplate, readonly environment: StackEnvironment) {
    const resourceTypes = new Map<string, string>();
    const conditionBodies = new Map<string, unknown>();
    const transforms = readTransforms(stack);
    this.facts = {
      stack,
      environment,
      languageExtensions: transforms.includes(LANGUAGE_EXTENSIONS),
      pseudoParameters: pseudoParameters(stack.name, environment),
      parameters: readParameters(stack, environment),
      conditions: new Map(),
      conditionBodies,
      resourceTypes,
    };
    const expanded = this.expandLoops();
    this.template = transforms.includes(SERVERLESS) ? this.runServerless(expanded) : expanded;
    for (const [name, body] of entriesOf(this.template.Conditions)) conditionBodies.set(name, body);
    const conditions = new Evaluator(this.facts, ['Conditions']);
    for (const name of conditionBodies.keys()) conditions.condition(name);
    this.definitions = this.readDefinitions();
    for (const [logicalId, definition] of this.definitions) resourceTypes.set(logicalId, definition.Type);
  }

  /** Whether a condition of the template holds. */
  condition(name: string): boolean {
    return new Evaluator(this.facts, ['Conditions']).condition(name);
  }

  /** The definition of a resource whose condition holds. */
  definition(logicalId: string): ResourceDefinition {
    return this.definitions.get(logicalId) ?? new TemplateLocation(this.stack, ['Resources', logicalId]).fail('the template has no such resource');
  }

  /** The logical ids of the resources whose condition holds, each after those it depends on, and some types after what is made at the same time. */
  orderResources(comesLast: (type: string) => boolean = () => false): string[] {
    const dependencies = new Map<string, ReadonlySet<string>>();
    for (const logicalId of this.definitions.keys()) dependencies.set(logicalId, this.dependenciesOf(logicalId));
    const sorted = sortByDependencies(dependencies, logicalId => comesLast(this.definition(logicalId).Type));
    if ('order' in sorted) return sorted.order;
    const members = sorted.cycle.map(logicalId => this.describeResource(logicalId)).join(', ');
    throw new TemplateError(`Circular dependency between resources: [${members}]`, this.stack.name, 'Resources');
  }

  /** The logical ids that a resource refers to or names in DependsOn. */
  dependenciesOf(logicalId: string): ReadonlySet<string> {
    const definition = this.definition(logicalId);
    const referred = new Set<string>();
    collectReferences(definition.Properties, new Evaluator(this.facts, ['Properties'], logicalId, NO_RESOURCES), referred);
    for (const name of referred) {
      // What is neither resource nor parameter fails when it is resolved, with the place of the reference.
      if (!this.definitions.has(name)) referred.delete(name);
    }
    return new Set([...referred, ...this.explicitDependencies(logicalId, definition)]);
  }

  /** The names of a resource's properties that refer to one of some others. */
  propertiesThatReferTo(logicalId: string, others: ReadonlySet<string>): string[] {
    return others.size === 0 ? [] : entriesOf(this.definition(logicalId).Properties).flatMap(([name, value]) => {
      const referred = new Set<string>();
      collectReferences(value, new Evaluator(this.facts, ['Properties', name], logicalId, NO_RESOURCES), referred);
      return [...referred].some(each => others.has(each)) ? [name] : [];
    });
  }

  /** The properties of a resource, resolved against the resources that exist. */
  properties(logicalId: string, resources: ResourceValues): Record<string, unknown> {
    const { Properties: properties = {} } = this.definition(logicalId);
    const evaluator: Evaluator = new Evaluator(this.facts, ['Properties'], logicalId, resources);
    const resolved = evaluator.resolve(properties);
    return isObject(resolved) ? { ...resolved } : evaluator.fail('Template format error: Properties must be an object');
  }

  /** Resolves a value that is like one of the template; undefined for `AWS::NoValue`. */
  resolve(value: unknown, resources: ResourceValues): unknown {
    const resolved = new Evaluator(this.facts, [], undefined, resources).resolve(value);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** The outputs whose condition holds. */
  outputs(resources: ResourceValues): Record<string, StackOutput> {
    const outputs: [string, StackOutput][] = [];
    for (const [name, definition] of entriesOf(this.template.Outputs)) {
      const evaluator: Evaluator = new Evaluator(this.facts, ['Outputs', name], undefined, resources);
      if (this.conditionHolds(ownProperty(definition, 'Condition'), evaluator)) outputs.push([name, this.output(definition, evaluator)]);
    }
    return Object.fromEntries(outputs);
  }

  private output(definition: unknown, evaluator: Evaluator): StackOutput {
    const text = (value: unknown, ...segments: string[]): string => {
      const resolved = evaluator.resolve(value, ...segments);
      return scalarText(resolved)
        ?? evaluator.fail(`Template format error: the ${segments.join('.')} of every Outputs member must evaluate to a String and not to ${describe(resolved)}`);
    };
    if (!isObject(definition) || !Object.hasOwn(definition, 'Value')) evaluator.fail('Template format error: every Outputs member must contain a Value object');
    const exported = ownProperty(ownProperty(definition, 'Export'), 'Name');
    const description = ownProperty(definition, 'Description');
    return {
      value: text(definition.Value, 'Value'),
      ...(typeof description === 'string' ? { description } : {}),
      ...(exported === undefined ? {} : { exportName: text(exported, 'Export', 'Name') }),
    };
  }

  private expandLoops(): Template {
    const { template } = this.stack;
    const expand = (section: 'Conditions' | 'Resources' | 'Outputs'): unknown => {
      const evaluator: Evaluator = new Evaluator(this.facts, [section]);
      const value = template[section] ?? {};
      return isObject(value) ? new LoopExpander(evaluator).expand(value) : evaluator.fail(`Template format error: ${section} must be an object`);
    };
    return { ...template, Conditions: expand('Conditions'), Resources: expand('Resources'), Outputs: expand('Outputs') };
  }

  private runServerless(template: Template): Template {
    const parameters = [...this.facts.parameters].filter(([, value]) => !(value instanceof UnknownParameterValue));
    try {
      return transformServerless({ ...template }, new Map(parameters));
    } catch (error) {
      if (!(error instanceof TransformError)) throw error;
      const location: TemplateLocation = new TemplateLocation(this.stack, error.path, error.logicalId);
      return location.fail(`Transform ${SERVERLESS} failed: ${error.message}`, error);
    }
  }

  private readDefinitions(): ReadonlyMap<string, ResourceDefinition> {
    const definitions = new Map<string, ResourceDefinition>();
    for (const [logicalId, definition] of entriesOf(this.template.Resources)) {
      const evaluator: Evaluator = new Evaluator(this.facts, [], logicalId);
      if (!/^[A-Za-z0-9]+$/.test(logicalId)) evaluator.fail(`Template format error: Resource name ${logicalId} is non alphanumeric.`);
      const type = ownProperty(definition, 'Type');
      if (!isObject(definition) || typeof type !== 'string') evaluator.fail('Template format error: every Resources object must contain a Type member.');
      if (this.facts.parameters.has(logicalId)) evaluator.fail('Template format error: a parameter and a resource have the same name');
      if (this.conditionHolds(definition.Condition, evaluator)) definitions.set(logicalId, { ...definition, Type: type });
    }
    return definitions;
  }

  /** The language extensions let the name of a condition be computed, and be absent. */
  private conditionHolds(condition: unknown, evaluator: Evaluator): boolean {
    const name = isObject(condition) && this.facts.languageExtensions ? evaluator.resolve(condition, 'Condition') : condition;
    if (name === undefined || name === NO_VALUE) return true;
    if (typeof name !== 'string') evaluator.fail('Template error: every Condition member must be a string.');
    return evaluator.within('Condition', () => evaluator.condition(name));
  }

  private explicitDependencies(logicalId: string, definition: ResourceDefinition): string[] {
    const evaluator: Evaluator = new Evaluator(this.facts, ['DependsOn'], logicalId);
    const value = definition.DependsOn ?? [];
    const names = this.facts.languageExtensions ? evaluator.resolve(value) : value;
    const listed = Array.isArray(names) ? names : [names];
    return listed.filter((name): name is string => {
      if (typeof name !== 'string') evaluator.fail('Template format error: DependsOn must be a string or a list of strings');
      if (ownProperty(this.template.Resources, name) === undefined) {
        evaluator.fail(`Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`);
      }
      // Waiting for a resource whose condition does not hold is no mistake: there is nothing to wait for.
      return this.definitions.has(name);
    });
  }

  private describeResource(logicalId: string): string {
    const path = this.stack.constructPaths.get(logicalId);
    return path === undefined ? logicalId : `${logicalId} (${path})`;
  }
}

function readTransforms(stack: StackTemplate): string[] {
  const declared = stack.template.Transform ?? [];
  const location: TemplateLocation = new TemplateLocation(stack, ['Transform']);
  return (Array.isArray(declared) ? declared : [declared]).map((transform: unknown) => {
    if (transform === LANGUAGE_EXTENSIONS || transform === SERVERLESS) return transform;
    return location.fail(`the transform ${typeof transform === 'string' ? transform : describe(transform)} is not run here`);
  });
}
