/**
 * Templates of input transformers: JSON with placeholders in angle brackets.
 *
 * A placeholder where JSON expects a value becomes the JSON text of its value. Inside of a string it becomes plain text,
 * which EventBridge does not escape: a template of an object whose text is no JSON any more is not delivered. Objects
 * and lists keep their quotes inside the strings of such a template, but lose them where the whole template is a string.
 */
import { JsonReadError } from '../event-pattern/json-read-error';
import { JsonTokenReader } from '../event-pattern/json-token-reader';

/** A piece of a template: fixed text, or the name of a variable. */
type Piece = string | Placeholder;

interface Placeholder {
  readonly name: string;
  readonly isInString: boolean;
}

/** Looks up the value of a variable; undefined when the event has none. */
export type VariableLookup = (name: string) => unknown;

/** No event is larger, and none that a target is handed either. */
const MAXIMUM_RESULT_LENGTH = 1024 * 1024;
const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/g;
const BREAKS_STRING = /["\\\u0000-\u001f]/;

/** A template whose placeholders have been found. */
export class InputTemplate {
  /** Whether the template is an object, the only kind that has to be JSON when it is filled in. */
  readonly isObject: boolean;
  private readonly pieces: readonly Piece[];

  constructor(private readonly text: string, private readonly placeholder: RegExp = PLACEHOLDER) {
    this.isObject = text.trimStart().startsWith('{');
    this.pieces = parsePieces(text, placeholder);
  }

  /** The names of all placeholders, in the order they appear. */
  get names(): string[] {
    return this.pieces.flatMap(piece => typeof piece === 'string' ? [] : [piece.name]);
  }

  /** Where the template is not JSON, as Jackson tells it; undefined when it is. */
  findSyntaxError(): string | undefined {
    const reader = new JsonTokenReader(this.text.replace(this.placeholder, 'null'));
    try {
      while (reader.next() !== undefined) {
        reader.text();
      }
      return undefined;
    } catch (error) {
      if (error instanceof JsonReadError) {
        return error.location ?? error.message;
      }
      throw error;
    }
  }

  /** The filled-in template; undefined when EventBridge does not deliver it. */
  render(lookup: VariableLookup): string | undefined {
    let result = '';
    let mayBeBroken = false;
    for (const piece of this.pieces) {
      if (typeof piece === 'string') {
        result += piece;
        continue;
      }
      // A variable without a value is an empty string.
      const found = lookup(piece.name);
      const value = found === undefined ? '' : found;
      if (piece.isInString) {
        const text = this.renderInString(value);
        mayBeBroken ||= BREAKS_STRING.test(text);
        result += text;
      } else {
        result += JSON.stringify(value);
      }
      if (result.length > MAXIMUM_RESULT_LENGTH) {
        return undefined;
      }
    }
    return this.isObject && mayBeBroken && !isJson(result) ? undefined : result;
  }

  private renderInString(value: unknown): string {
    if (typeof value === 'object' && value !== null) {
      const json = JSON.stringify(value);
      return this.isObject ? json : json.replaceAll('"', '');
    }
    return String(value);
  }
}

function parsePieces(text: string, placeholder: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let isInString = false;
  let position = 0;
  for (const match of text.matchAll(placeholder)) {
    const fixed = text.slice(position, match.index);
    isInString = endsInString(fixed, isInString);
    pieces.push(fixed, { name: match[1], isInString });
    position = match.index + match[0].length;
  }
  pieces.push(text.slice(position));
  return pieces.filter(piece => piece !== '');
}

function endsInString(text: string, startsInString: boolean): boolean {
  let isInString = startsInString;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '"') {
      isInString = !isInString;
    } else if (text[index] === '\\' && isInString) {
      index++;
    }
  }
  return isInString;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
