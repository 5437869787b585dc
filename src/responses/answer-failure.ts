import { ErrorFrame } from './error-frame';
import { UNAVAILABLE } from './error-frames';
import { InvalidValueError } from '../validation/invalid-value-error';
import { pathOf, stepsOf } from '../values/body-path';
import { fieldPresence } from '../values/presence';

/** How a failure inside of a successful answer is told. */
export interface AnswerFailureOptions {
  /**
   * What the client is told.
   *
   * @default - the code `Unavailable`, and that the request may be sent again
   */
  readonly frame?: ErrorFrame;

  /**
   * JSONPath of the error's name in the answer, for `Response.withError()`.
   *
   * @default - the failure has no name
   */
  readonly error?: string;
}

/**
 * A failure that a service tells with the status of a success: it has to be looked for in the answer.
 *
 * @example
 * AnswerFailure.whenPositive('$.FailedRecordCount', { error: '$.Records[0].ErrorCode' });
 */
export class AnswerFailure {
  /** The answer has no such field. */
  static whenMissing(path: string, options: AnswerFailureOptions = {}): AnswerFailure {
    return new AnswerFailure(`!(${presence(path)})`, options);
  }

  /** The field is another text. */
  static unlessEquals(path: string, text: string, options: AnswerFailureOptions = {}): AnswerFailure {
    if (!/^\w*$/.test(text)) {
      throw new InvalidValueError('answerFailureText', `AnswerFailure.unlessEquals('${path}', '${text}') compares with a word, of letters, digits and _.`);
    }
    return new AnswerFailure(`$input.path('${checked(path)}') != "${text}"`, options);
  }

  /** The field is a number above zero. */
  static whenPositive(path: string, options: AnswerFailureOptions = {}): AnswerFailure {
    return new AnswerFailure(`$input.path('${checked(path)}') > 0`, options);
  }

  /** @internal */
  readonly _condition: string;
  /** @internal */
  readonly _frame: ErrorFrame;
  /** @internal */
  readonly _error?: string;

  private constructor(condition: string, { frame, error }: AnswerFailureOptions) {
    this._condition = condition;
    this._frame = frame ?? UNAVAILABLE;
    this._error = error === undefined ? undefined : `$input.path('${checked(error)}')`;
  }
}

function presence(path: string): string {
  return fieldPresence({ kind: 'field', document: 'answer', steps: stepsOf(checked(path))!, type: 'json', isOptional: false });
}

function checked(path: string): string {
  const steps = stepsOf(path);
  if (!steps) {
    throw new InvalidValueError('answerPath', `'${path}' is not the path of one place in an answer: write $, $.name, $.name.name or $.name[0].`);
  }
  return pathOf(steps);
}
