/** A file of faults that cannot be used: says where, what, and the way out. */
export class FaultFileError extends Error {
  readonly name = 'FaultFileError';
}
