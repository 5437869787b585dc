import { isObject, JsonObject, withoutNulls } from '../json';
import { Resources, ServerlessResource } from '../serverless-resource';

/** What an event starts: a function, or a state machine. */
export interface EventTarget {
  readonly kind: 'function' | 'state machine';
  readonly arn: JsonObject;
}

/** What the events of a resource add to the template. */
export interface ExpandedEvents {
  readonly resources: Resources;
  /** What the role of the target needs, by path and name. */
  readonly managedPolicies: readonly string[];
}

export type EventExpansion = (event: ServerlessEvent) => { readonly resources: Resources; readonly managedPolicy?: string };

/** One entry of the property `Events`. */
export class ServerlessEvent {
  /** The logical id that what it becomes begins with. */
  readonly logicalId: string;
  readonly properties: JsonObject;

  constructor(readonly resource: ServerlessResource, readonly target: EventTarget, private readonly name: string, definition: JsonObject) {
    this.logicalId = `${resource.logicalId}${name}`;
    const properties = definition.Properties ?? {};
    this.properties = isObject(properties) ? withoutNulls(properties) : this.fail('Properties must be a map.');
  }

  /** Refuses the properties that are not run here. */
  check(...known: string[]): void {
    const other = Object.keys(this.properties).find(name => !known.includes(name));
    if (other !== undefined) this.fail(`the local runtime does not emulate the property ${other} of this type of event`, 'Properties', other);
  }

  /** A property that has to be a map, or absent. */
  map(name: string): JsonObject | undefined {
    const value = this.properties[name];
    return value === undefined || isObject(value) ? value : this.fail(`Type of property '${name}' is invalid.`, 'Properties', name);
  }

  fail(problem: string, ...path: string[]): never {
    return this.resource.fail(`Event with id [${this.name}] is invalid. ${problem}`, 'Properties', 'Events', this.name, ...path);
  }
}
