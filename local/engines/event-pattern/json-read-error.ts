/** JSON text that the reader, or a grammar on top of it, does not accept; the message ends in the place, as Jackson writes it. */
export class JsonReadError extends Error {
  /** @param location where it went wrong, as `[Source: ...; line: 1, column: 1]`; undefined when Jackson names no place. */
  constructor(reason: string, readonly location?: string) {
    super(location === undefined ? reason : `${reason}\n at ${location}`);
    this.name = 'JsonReadError';
  }
}
