/** Thrown when a text is no Velocity template. Lines and columns count from one. */
export class VtlSyntaxError extends Error {
  constructor(readonly reason: string, readonly line: number, readonly column: number) {
    super(`${reason} at line ${line}, column ${column}`);
    this.name = 'VtlSyntaxError';
  }
}
