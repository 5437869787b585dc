/**
 * What `#break` and `#stop` throw. They are no errors, and are thrown as they are: `#break` ends whatever is nearest to it (a loop, a macro, a
 * block, an evaluation or the whole template), a `#break` with a scope ends the owner of that scope, `#stop` the whole template.
 */
export type StopCommand = { readonly stops: 'nearest' } | { readonly stops: 'all' } | { readonly stops: 'owner'; readonly owner: object };

export const STOP_NEAREST: StopCommand = Object.freeze({ stops: 'nearest' });
export const STOP_ALL: StopCommand = Object.freeze({ stops: 'all' });

/** Whether something thrown is a command to stop. */
export function isStopCommand(thrown: unknown): thrown is StopCommand {
  return typeof thrown === 'object' && thrown !== null && 'stops' in thrown;
}

/** Whether something thrown stops the part of a template that belongs to an owner, and no more. */
export function stops(thrown: unknown, owner?: object): boolean {
  return isStopCommand(thrown) && (thrown.stops === 'nearest' || (thrown.stops === 'owner' && thrown.owner === owner));
}
