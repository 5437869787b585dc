/** `Fn::ForEach` of `AWS::LanguageExtensions`: repeats a fragment of the template for each member of a collection. */
import { Evaluator } from './evaluator';
import { scalarText } from './intrinsic-functions';
import { isObject, JsonObject } from './json';

const PREFIX = 'Fn::ForEach::';
const MAXIMUM_NESTED_LOOPS = 5;

/** What a value costs besides its text, so that loops over nothing are counted too. */
const CHARACTERS_PER_VALUE = 16;

/** Expands the loops in a section of a template. */
export class LoopExpander {
  constructor(private readonly evaluator: Evaluator) {}

  /** The section without its loops. */
  expand(value: unknown, nestedLoops = 0): unknown {
    if (Array.isArray(value)) return value.map((member, index) => this.evaluator.within(String(index), () => this.expand(member, nestedLoops)));
    if (!isObject(value)) return value;
    const entries = new Map<string, unknown>();
    for (const [key, member] of Object.entries(value)) {
      this.evaluator.within(key, () => {
        const expanded = key.startsWith(PREFIX) ? this.repeat(member, nestedLoops + 1) : new Map([[key, this.expand(member, nestedLoops)]]);
        for (const [name, result] of expanded) {
          if (entries.has(name)) this.evaluator.fail(`the key ${name} is there twice once the loops are expanded`);
          entries.set(name, result);
        }
      });
    }
    return Object.fromEntries(entries);
  }

  private repeat(loop: unknown, nestedLoops: number): Map<string, unknown> {
    this.evaluator.requireLanguageExtensions('Fn::ForEach');
    if (nestedLoops > MAXIMUM_NESTED_LOOPS) this.evaluator.fail(`Fn::ForEach can be nested ${MAXIMUM_NESTED_LOOPS} deep at most`);
    const [identifier, collection, fragment] = Array.isArray(loop) && loop.length === 3 ? loop as unknown[] : [];
    if (typeof identifier !== 'string' || !/^[A-Za-z0-9]+$/.test(identifier) || !isObject(fragment)) {
      this.evaluator.fail('Fn::ForEach requires a list of three elements: an identifier, a collection and a fragment');
    }
    const members = this.evaluator.resolve(collection, '1');
    if (!Array.isArray(members)) this.evaluator.fail('the collection of Fn::ForEach must be a list of strings');
    const result = new Map<string, unknown>();
    for (const member of members) {
      const text = scalarText(member) ?? this.evaluator.fail('the collection of Fn::ForEach must be a list of strings');
      const replaced = new Replacement(identifier, text, this.evaluator).object(fragment);
      for (const [key, value] of Object.entries(this.evaluator.within('2', () => this.expand(replaced, nestedLoops)) as JsonObject)) {
        if (result.has(key)) this.evaluator.fail(`Fn::ForEach gives the key ${key} twice: it has to contain \${${identifier}} or &{${identifier}}`);
        result.set(key, value);
      }
    }
    return result;
  }
}

/** Puts one member of a collection in place of the loop's identifier. */
class Replacement {
  private readonly alphanumericText: string;

  constructor(private readonly identifier: string, private readonly text: string, private readonly evaluator: Evaluator) {
    this.alphanumericText = text.replace(/[^A-Za-z0-9]/g, '');
  }

  object(value: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [this.string(key), this.evaluator.within(key, () => this.value(member))]));
  }

  private value(value: unknown): unknown {
    this.evaluator.produce(CHARACTERS_PER_VALUE);
    if (typeof value === 'string') return this.string(value);
    if (Array.isArray(value)) return value.map((member, index) => this.evaluator.within(String(index), () => this.value(member)));
    if (!isObject(value)) return value;
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === 'Ref' && value.Ref === this.identifier) return this.text;
    return this.object(value);
  }

  private string(value: string): string {
    return this.replace(this.replace(value, `\${${this.identifier}}`, this.text), `&{${this.identifier}}`, this.alphanumericText);
  }

  private replace(value: string, placeholder: string, text: string): string {
    const pieces = value.split(placeholder);
    this.evaluator.produce(value.length + (pieces.length - 1) * text.length);
    return pieces.join(text);
  }
}
