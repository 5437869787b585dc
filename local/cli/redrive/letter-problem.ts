/** Why a letter stays where it is. The codes are stable. */
export type LetterProblemCode =
  /** No letter of a rule, a pipe or one of the library's workflows. */
  | 'foreign'
  /** Its body is not what such a letter holds. */
  | 'malformed'
  /** Its hop is none that is known here. */
  | 'unknownHop'
  /** Its target is gone. */
  | 'targetGone'
  /** Its target does not send its letters into this queue: whoever wrote it, it was not its target. */
  | 'notItsQueue'
  /** There is no way to put it back. */
  | 'unsupported'
  /** What it speaks of is not kept any more. */
  | 'expired';

/** A letter that is refused. */
export class LetterProblem extends Error {
  readonly name = 'LetterProblem';

  constructor(readonly code: LetterProblemCode, message: string) {
    super(message);
  }
}
