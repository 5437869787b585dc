/** Java's classes as templates see them: the methods that may be called on a value, and how it prints and compares. */

import { Cursor } from './cursor';
import { isJavaNumber, numberType } from './numbers';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

/** A type that a method's parameter may have. */
export interface ParameterType<T> {
  /** Whether a value that is not null can be passed. */
  readonly accepts: (value: unknown) => boolean;
  /** What null does: a primitive type has no place for it, most methods fail on it, a few know what to do with it. */
  readonly onNull: 'no such method' | 'fail' | 'pass';
  /** Never present; it ties the type of the value to the type of the parameter. */
  readonly valueType?: T;
}

/** A method. One that returns undefined is void to Java, one that returns null has no result. */
export interface Method {
  readonly name: string;
  readonly parameters: ReadonlyArray<ParameterType<unknown>>;
  /** Whether the last parameter takes any number of arguments. */
  readonly variadic: boolean;
  readonly invoke: (self: never, ...parameters: never[]) => unknown;
}

/** Declares a method. */
export function method<Self, Parameters extends unknown[]>(
  name: string,
  parameters: { readonly [K in keyof Parameters]: ParameterType<Parameters[K]> },
  invoke: (self: Self, ...parameters: Parameters) => unknown,
): Method {
  return { name, parameters, variadic: false, invoke: invoke as unknown as Method['invoke'] };
}

/** Declares a method whose last parameter takes any number of arguments. */
export function variadicMethod<Self, Parameters extends unknown[], Rest>(
  name: string,
  parameters: { readonly [K in keyof Parameters]: ParameterType<Parameters[K]> },
  rest: ParameterType<Rest>,
  invoke: (self: Self, ...parameters: [...Parameters, ...Rest[]]) => unknown,
): Method {
  return { name, parameters: [...parameters, rest], variadic: true, invoke: invoke as unknown as Method['invoke'] };
}

/** Whether a method takes these arguments. */
export function acceptsArguments({ parameters, variadic }: Method, values: readonly unknown[]): boolean {
  return values.every((value, index) => {
    const { accepts, onNull } = parameters[variadic ? Math.min(index, parameters.length - 1) : index];
    return value === null || value === undefined ? onNull !== 'no such method' : accepts(value);
  });
}

/** What a class is made of. */
export interface ClassDefinition<Self> {
  readonly name: string;
  readonly parent?: JavaClass;
  readonly methods?: readonly Method[];
  /** What `toString` returns. */
  readonly text?: (self: Self) => string | null;
  readonly equals?: (self: Self, other: unknown) => boolean;
  readonly hash?: (self: Self) => number;
  /** What `#foreach` goes through. */
  readonly iterate?: (self: Self) => Cursor;
  /** A map's own way to read a property, which comes after getters. */
  readonly readKey?: (self: Self, key: string) => unknown;
  /** A map's own way to write one. */
  readonly writeKey?: (self: Self, key: string, value: unknown) => void;
}

/** A class. */
export class JavaClass {
  readonly name: string;
  readonly text: (self: never) => string | null;
  readonly equals: (self: never, other: unknown) => boolean;
  readonly hash: (self: never) => number;
  readonly iterate: ((self: never) => Cursor) | undefined;
  readonly readKey: ((self: never, key: string) => unknown) | undefined;
  readonly writeKey: ((self: never, key: string, value: unknown) => void) | undefined;
  private readonly parent: JavaClass | undefined;
  private readonly methods = new Map<string, Method[]>();

  constructor(definition: ClassDefinition<never>) {
    const { name, parent } = definition;
    this.name = name;
    this.parent = parent;
    this.text = definition.text ?? parent?.text ?? (() => name);
    this.equals = definition.equals ?? parent?.equals ?? ((self, other) => self === other);
    this.hash = definition.hash ?? parent?.hash ?? (() => 1);
    this.iterate = definition.iterate ?? parent?.iterate;
    this.readKey = definition.readKey ?? parent?.readKey;
    this.writeKey = definition.writeKey ?? parent?.writeKey;
    for (const declared of definition.methods ?? []) this.methods.set(declared.name, [...this.methods.get(declared.name) ?? [], declared]);
    for (const [inheritedName, inherited] of parent?.methods ?? []) {
      this.methods.set(inheritedName, [...this.methods.get(inheritedName) ?? [], ...inherited]);
    }
  }

  /** The methods of a name that can take so many arguments, the more specific first. */
  findMethods(name: string, count: number): Method[] {
    return (this.methods.get(name) ?? []).filter(({ parameters, variadic }) => parameters.length === count || (variadic && count >= parameters.length - 1));
  }

  isSubclassOf(other: JavaClass): boolean {
    for (let ancestor: JavaClass | undefined = this; ancestor; ancestor = ancestor.parent) {
      if (ancestor === other) return true;
    }
    return false;
  }
}

/** The plain JavaScript values that stand for Java objects. */
export type PlainKind = 'string' | 'boolean' | 'Integer' | 'Long' | 'Float' | 'Double' | 'BigInteger' | 'BigDecimal' | 'JSON object' | 'JSON array';

/** Where the prototype of a constructor keeps the class of its instances. */
const JAVA_CLASS = Symbol('Java class');

const plainClasses = new Map<PlainKind, JavaClass>();
let stringClass: JavaClass | undefined;
let objectClass: JavaClass | undefined;
let arrayClass: JavaClass | undefined;

/** Declares the class of a plain value, or of the instances of a constructor. */
export function defineClass<Self>(of: PlainKind | (abstract new (...parameters: never[]) => Self), definition: ClassDefinition<Self>): JavaClass {
  const javaClass = new JavaClass(definition as unknown as ClassDefinition<never>);
  if (typeof of === 'function') {
    Object.defineProperty(of.prototype, JAVA_CLASS, { value: javaClass });
    return javaClass;
  }
  plainClasses.set(of, javaClass);
  if (of === 'string') stringClass = javaClass;
  if (of === 'JSON object') objectClass = javaClass;
  if (of === 'JSON array') arrayClass = javaClass;
  return javaClass;
}

/** The class of a value that is not null. */
export function classOf(value: unknown): JavaClass {
  const javaClass = findClass(value);
  if (!javaClass) throw new VtlRuntimeError(`A template can not work with a value of type ${typeof value}`);
  return javaClass;
}

function findClass(value: unknown): JavaClass | undefined {
  switch (typeof value) {
    case 'string': return stringClass;
    case 'boolean': return plainClasses.get('boolean');
    case 'number':
    case 'bigint': return plainClasses.get(numberType(value));
    case 'object': {
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype === Object.prototype || prototype === null) return objectClass;
      if (prototype === Array.prototype) return arrayClass;
      return isJavaNumber(value) ? plainClasses.get(numberType(value)) : (value as { readonly [JAVA_CLASS]?: JavaClass })[JAVA_CLASS];
    }
    default: return undefined;
  }
}
