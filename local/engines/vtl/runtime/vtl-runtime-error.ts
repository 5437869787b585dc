/** Thrown when rendering a template fails: where Velocity's exceptions would end it, or at a limit. */
export class VtlRuntimeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VtlRuntimeError';
  }
}
