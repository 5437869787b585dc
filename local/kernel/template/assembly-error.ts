/** A cloud assembly that cannot be read. */
export class AssemblyError extends Error {
  public readonly name = 'AssemblyError';

  constructor(
    /** The file or directory at fault. */
    readonly path: string,
    /** What is wrong with it. */
    readonly problem: string,
    /** What the reader can do about it. */
    readonly remedy: string,
    cause?: unknown,
  ) {
    super(`${path}: ${problem}. ${remedy}`, cause === undefined ? undefined : { cause });
  }
}
