/** The port is taken: says which one, and the way out. */
export class PortInUseError extends Error {
  readonly name = 'PortInUseError';

  constructor(readonly port: number, readonly host: string, cause: unknown) {
    super(`Port ${port} of ${host} is in use, perhaps by another copy of this runtime. Stop that one, or choose another port (0 takes any that is free).`, { cause });
  }
}
