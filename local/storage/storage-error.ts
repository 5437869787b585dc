/** Data that cannot be kept, or read, where it is wanted: says where, what is wrong, and the way out. */
export class StorageError extends Error {
  readonly name = 'StorageError';
}
