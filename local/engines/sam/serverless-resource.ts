import { isIntrinsic, isObject, JsonObject, withoutNulls } from './json';
import { TransformError } from './transform-error';

/** A resource of plain CloudFormation, or of SAM. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly [attribute: string]: unknown;
}

/** Resources by logical id. */
export type Resources = Record<string, Resource>;

/** What one SAM type becomes. */
export type Expansion = (resource: ServerlessResource) => Resources;

/** The attributes that the resources inherit which a SAM resource brings along. */
const INHERITED = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'];

/** One resource of a SAM type, with what its expansion may ask of the template. */
export class ServerlessResource {
  readonly properties: JsonObject;

  constructor(
    readonly logicalId: string,
    private readonly definition: Resource,
    private readonly parameters: ReadonlyMap<string, unknown>,
  ) {
    const { Properties: properties = {} } = definition;
    // A property without a value is as if it were not there.
    this.properties = isObject(properties) ? withoutNulls(properties) : this.fail('Properties must be a map.');
  }

  /** The attributes for the resource of the same logical id, in place of the SAM resource. */
  get ownAttributes(): JsonObject {
    const { Type: _, Properties: __, IgnoreGlobals: ___, Connectors: ____, ...attributes } = this.definition;
    return attributes;
  }

  /** The attributes for a resource that is brought along. */
  get inheritedAttributes(): JsonObject {
    return Object.fromEntries(Object.entries(this.definition).filter(([name]) => INHERITED.includes(name)));
  }

  /** Refuses the properties that SAM does not know, and those that are not run here. */
  check(known: readonly string[], notRun: readonly string[] = []): void {
    for (const name of Object.keys(this.properties)) {
      if (notRun.includes(name)) this.fail(`the local runtime does not emulate the property ${name} of ${this.definition.Type}`, 'Properties', name);
      if (!known.includes(name)) this.fail(`property ${name} not defined for resource of type ${this.definition.Type}`, 'Properties', name);
    }
  }

  /** A property that has to be a map, or absent. */
  map(name: string): JsonObject | undefined {
    const value = this.properties[name];
    if (value === undefined || isObject(value)) return value;
    return this.fail(`Type of property '${name}' is invalid.`, 'Properties', name);
  }

  /** The value with a reference to a parameter of the template resolved. */
  resolve(value: unknown): unknown {
    const name = isIntrinsic(value) ? value.Ref : undefined;
    return typeof name === 'string' && this.parameters.has(name) ? this.parameters.get(name) : value;
  }

  fail(problem: string, ...path: string[]): never {
    throw new TransformError(problem, this.logicalId, path);
  }
}
