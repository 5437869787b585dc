/** A template that the runtime cannot run: names the stack, the resource, and what is wrong. */
export class ProvisioningError extends Error {
  readonly name = 'ProvisioningError';
}
