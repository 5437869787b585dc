/** A template that the transform refuses: names the resource, and the place in it. */
export class TransformError extends Error {
  readonly name = 'TransformError';

  constructor(
    message: string,
    readonly logicalId?: string,
    /** Such as `['Properties', 'Events', 'Tick']`. */
    readonly path: readonly string[] = [],
  ) {
    super(message);
  }
}
