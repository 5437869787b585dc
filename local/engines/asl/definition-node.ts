/** A part of a definition together with its place, for reading fields and reporting what is wrong with them. */
import { UnsupportedDefinitionError } from './errors';
import { JsonObject, isObject } from './json';
import { CompiledState } from './state';

/** What the parts of one definition share while it is compiled. */
export interface Compilation {
  /** What is wrong with the definition, in AWS's words. */
  readonly problems: string[];
  /** All states by their names, which are unique in a state machine. */
  readonly states: Map<string, CompiledState>;
  /** The definitions of the states. */
  readonly nodes: Map<string, DefinitionNode>;
  /** Whether a state is compiled for a test: the states around it may be absent, and mocks stand in for what it calls. */
  readonly forTest: boolean;
}

/** One JSON object of a definition. */
export class DefinitionNode {
  constructor(readonly fields: JsonObject, readonly path: string, readonly compilation: Compilation) {}

  has(field: string): boolean {
    return Object.hasOwn(this.fields, field);
  }

  /** The field's value, or undefined; never anything inherited. */
  value(field: string): unknown {
    return this.has(field) ? this.fields[field] : undefined;
  }

  /** Notes that CreateStateMachine would refuse the definition. */
  report(text: string, field?: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    const path = field === undefined ? this.path : `${this.path}/${field}`;
    this.compilation.problems.push(`${code}: ${text} at ${path === '' ? '/' : path}`);
  }

  /** The same for a problem that AWS gives another place. */
  reportAt(path: string, text: string, code: string): void {
    this.compilation.problems.push(`${code}: ${text} at ${path}`);
  }

  /** Refuses a field that AWS accepts and this interpreter does not run. */
  rejectUnsupported(...fields: string[]): void {
    if (this.compilation.forTest) return;
    for (const field of fields) {
      if (this.has(field)) throw new UnsupportedDefinitionError(field, this.path);
    }
  }

  text(field: string): string | undefined {
    const value = this.value(field);
    if (value === undefined || typeof value === 'string') return value;
    this.report('Expected value of type String', field);
    return undefined;
  }

  requiredText(field: string): string {
    if (!this.has(field)) this.report(`The field "${field}" is required but was missing`);
    return this.text(field) ?? '';
  }

  integer(field: string, minimum: number, maximum: number): number | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    this.report(Number.isInteger(value) ? `Value must be between ${minimum} and ${maximum}` : 'Expected value of type Integer', field);
    return undefined;
  }

  number(field: string, minimum: number): number | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= minimum) return value;
    this.report(typeof value === 'number' ? `Value must be at least ${minimum}` : 'Expected value of type Number', field);
    return undefined;
  }

  object(field: string): DefinitionNode | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (isObject(value)) return new DefinitionNode(value, `${this.path}/${field}`, this.compilation);
    this.report('Expected value of type Object', field);
    return undefined;
  }

  /** The objects of an array field. */
  objects(field: string): DefinitionNode[] {
    const value = this.value(field);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.report('Expected value of type Array', field);
      return [];
    }
    return value.flatMap((item, index) => {
      const path = `${this.path}/${field}[${index}]`;
      if (isObject(item)) return [new DefinitionNode(item, path, this.compilation)];
      this.compilation.problems.push(`SCHEMA_VALIDATION_FAILED: Expected value of type Object at ${path}`);
      return [];
    });
  }
}
