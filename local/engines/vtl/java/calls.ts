/** Calls of methods, and access to properties and elements, as Velocity's introspection resolves them. */

import { Cursor } from './cursor';
import { JavaClass, Method, acceptsArguments, classOf } from './java-class';
import { isInt } from './numbers';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { countValue } from '../runtime/work';

/** What a call of a method that does not exist gives. */
export const NO_SUCH_METHOD: unique symbol = Symbol('no such method');

/** A call of one method by name, which remembers how it was resolved for the class it was last used on. */
export class MethodCall {
  private lastClass: JavaClass | undefined;
  private candidates: readonly Method[] = [];

  constructor(private readonly name: string, private readonly count: number) {}

  /** Calls the method on a value that is not null. A void method gives the empty string. */
  invoke(target: unknown, parameters: readonly unknown[]): unknown {
    for (const candidate of this.resolve(target)) {
      if (!acceptsArguments(candidate, parameters)) continue;
      parameters.forEach(countValue);
      return counted(invoke(candidate, target, parameters), target);
    }
    return NO_SUCH_METHOD;
  }

  /** The same for calls with one argument, which are the most of all. */
  invokeWithOne(target: unknown, parameter: unknown): unknown {
    for (const candidate of this.resolve(target)) {
      if (candidate.variadic || parameter === null || parameter === undefined) return this.invoke(target, [parameter]);
      if (!candidate.parameters[0].accepts(parameter)) continue;
      countValue(parameter);
      return counted(orEmpty((candidate.invoke as Invoke)(target, parameter)), target);
    }
    return NO_SUCH_METHOD;
  }

  private resolve(target: unknown): readonly Method[] {
    const javaClass = classOf(target);
    if (javaClass !== this.lastClass) {
      this.candidates = javaClass.findMethods(this.name, this.count);
      this.lastClass = javaClass;
    }
    return this.candidates;
  }
}

/** Counts what a method may have gone through and what it made. */
function counted(result: unknown, target: unknown): unknown {
  countValue(target);
  countValue(result);
  return result;
}

type Invoke = (self: unknown, ...values: unknown[]) => unknown;

function invoke(chosen: Method, target: unknown, parameters: readonly unknown[]): unknown {
  chosen.parameters.forEach(({ onNull }, index) => {
    if (onNull === 'fail' && index < parameters.length && (parameters[index] === null || parameters[index] === undefined)) {
      throw new VtlRuntimeError(`The method ${chosen.name} can not work with null`);
    }
  });
  return orEmpty((chosen.invoke as Invoke)(target, ...parameters));
}

function orEmpty(result: unknown): unknown {
  return result === undefined ? '' : result;
}

/** Access to one property by name: a getter, a map's entry, a `get` method, or a question that begins with `is`. */
export class PropertyAccess {
  private lastClass: JavaClass | undefined;
  private read: ((target: never) => unknown) | undefined;

  constructor(private readonly name: string) {}

  /** The property of a value that is not null; null when there is none. */
  get(target: unknown): unknown {
    const javaClass = classOf(target);
    if (javaClass !== this.lastClass) {
      this.read = this.resolve(javaClass);
      this.lastClass = javaClass;
    }
    return this.read?.(target as never) ?? null;
  }

  private resolve(javaClass: JavaClass): ((target: never) => unknown) | undefined {
    const { name } = this;
    const [getter] = nameVariants(name).flatMap((variant) => javaClass.findMethods(`get${variant}`, 0));
    if (getter) return (target) => invoke(getter, target, []);
    const { readKey } = javaClass;
    if (readKey) return (target) => readKey(target, name);
    const byName = javaClass.findMethods('get', 1).find((candidate) => acceptsArguments(candidate, [name]));
    if (byName) return (target) => invoke(byName, target, [name]);
    const [question] = nameVariants(name).flatMap((variant) => javaClass.findMethods(`is${variant}`, 0));
    return question && ((target) => invoke(question, target, []));
  }
}

/** A property's name as it is in an accessor's: with the first letter in the given case, then in the other one. */
function nameVariants(name: string): string[] {
  const first = name.charAt(0);
  const other = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase();
  return other === first ? [name] : [name, other + name.slice(1)];
}

const GET = 'get';
const SIZE = new MethodCall('size', 0);

/** An index from the end counts from the size; only an Integer can be one. */
function adjustIndex(target: unknown, index: unknown): unknown {
  if (!isInt(index) || index >= 0) return index;
  const size = SIZE.invoke(target, []);
  if (!isInt(size)) throw new VtlRuntimeError(`A negative index needs a size, which ${classOf(target).name} does not have`);
  return size + index;
}

/** Access to elements by `[…]`, which is a call of `get`. */
export class ElementAccess {
  private readonly call = new MethodCall(GET, 1);

  get(target: unknown, index: unknown): unknown {
    if (isInt(index) && index >= 0 && Array.isArray(target) && index < target.length) return (target as unknown[])[index] ?? null;
    const result = this.call.invoke(target, [adjustIndex(target, index)]);
    return result === NO_SUCH_METHOD ? null : result;
  }
}

const SET_ELEMENT = new MethodCall('set', 2);
const PUT_ELEMENT = new MethodCall('put', 2);

/** Assigns to an element, by `set` or else `put`. */
export function setElement(target: unknown, index: unknown, value: unknown): void {
  const parameters = [adjustIndex(target, index), value];
  if (SET_ELEMENT.invoke(target, parameters) === NO_SUCH_METHOD) PUT_ELEMENT.invoke(target, parameters);
}

/** Assigns to a property: by a setter, or to a map's entry. */
export function setProperty(target: unknown, name: string, value: unknown): void {
  const javaClass = classOf(target);
  const setter = nameVariants(name)
    .flatMap((variant) => javaClass.findMethods(`set${variant}`, 1))
    .find((candidate) => acceptsArguments(candidate, [value]));
  if (setter) {
    invoke(setter, target, [value]);
  } else {
    javaClass.writeKey?.(target as never, name, value);
  }
}

/** What `#foreach` goes through, or undefined when there is nothing to go through. */
export function iterate(value: unknown): Cursor | undefined {
  return classOf(value).iterate?.(value as never);
}
