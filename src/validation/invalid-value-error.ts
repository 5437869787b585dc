import { problem } from './problem';

/** A value that cannot be meant, told where it is written. */
export class InvalidValueError extends Error {
  constructor(problemId: string, message: string) {
    super(problem(problemId, message));
    this.name = 'InvalidValueError';
  }
}
