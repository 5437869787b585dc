/** A template file that cannot be read: names the file, the line, and what is wrong there. */
export class TemplateFileError extends Error {
  public readonly name = 'TemplateFileError';

  constructor(
    readonly file: string,
    /** What is wrong, without the place. */
    readonly problem: string,
    readonly line?: number,
    cause?: unknown,
  ) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${problem}`, cause === undefined ? undefined : { cause });
  }
}
