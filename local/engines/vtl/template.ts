/** Plain Velocity: Apache's language with variables of one's own. */

import { Program, compileProgram } from './compiler/program';
import { ArrayList, LinkedHashMap } from './java/collections';

/** A compiled template. */
export interface Template {
  /** Renders the template; objects and arrays among the variables become Java's maps and lists. Throws `VtlRuntimeError`. */
  render(variables: Readonly<Record<string, unknown>>): string;
}

/** Compiles a template with Apache Velocity's rules, by which a reference without a value prints itself. Throws `VtlSyntaxError`. */
export function compileTemplate(source: string): Template {
  const program: Program = compileProgram(source, { missingValue: null, maxIterations: Infinity });
  return {
    render: (variables) => program.run((name) => (Object.hasOwn(variables, name) ? toJava(variables[name]) : undefined)),
  };
}

/** The Java value of a JavaScript one. */
export function toJava(value: unknown): unknown {
  if (Array.isArray(value)) return ArrayList.containing(value.map(toJava));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const map = new LinkedHashMap();
  for (const [key, entry] of Object.entries(value)) map.set(key, toJava(entry));
  return map;
}
