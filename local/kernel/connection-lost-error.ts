/** The connection of an outside caller is lost before the answer: there is nothing to encode. */
export class ConnectionLostError extends Error {
  readonly name = 'ConnectionLostError';
}
