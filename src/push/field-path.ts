import { InvalidValueError } from '../validation/invalid-value-error';

/** What the names of a path may not hold: it would end the name where JSONata quotes it, or be spelled differently in JSON. */
const UNUSABLE = /[`"\\\u0000-\u001f\u007f\ud800-\udfff]/;

/** Names that every object of JavaScript has, and that hence cannot be told from fields of the event. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Fields of which EventBridge itself sees to it that they hold one string. */
const SINGLE_STRINGS = new Set(['source', 'detail-type']);

/** Where in an event a field stands, such as `detail.orderId`. */
export class FieldPath {
  readonly names: readonly string[];

  /** `option` is what a message calls the place where the path was given. */
  constructor(readonly text: string, option: string) {
    this.names = text.split('.');
    if (this.names.some(name => name === '' || name.startsWith('$') || UNUSABLE.test(name) || INHERITED.has(name))) {
      throw new InvalidValueError(
        'fieldPath',
        `${option}: ${JSON.stringify(text)} is not the path of an event's field. Separate the names by dots, as in "detail.orderId"; ` +
        'names cannot be empty, begin with "$", or hold quotes, backslashes or control characters.',
      );
    }
  }

  /** Whether an event can have more than one value here: it can where there may be lists. */
  get several(): boolean {
    return !SINGLE_STRINGS.has(this.text);
  }

  /** JSONata: what the event has here, whatever it is; lists on the way are gone through. */
  get ofEvent(): string {
    return ['$event', ...this.names.map(name => `\`${name}\``)].join('.');
  }

  /** JSONata: the values that the event has here, in a list; EventBridge takes lists within lists for one. */
  get valuesOfEvent(): string {
    return this.several ? `[${this.ofEvent}${'.$'.repeat(16)}]` : `[${this.ofEvent}]`;
  }

  /** JSONata: the names as a list of strings. */
  get list(): string {
    return `[${this.names.map(name => literal(name)).join(', ')}]`;
  }
}

/** A text as JSONata and JSON both write it. */
export function literal(text: string): string {
  return JSON.stringify(text);
}
