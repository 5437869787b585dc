import { ResourceRequest } from './contracts';

export interface KnownProperties {
  /** What the runtime acts on. */
  readonly used: readonly string[];
  /** What it accepts though nothing follows from it here, because it changes no answer: tags, descriptions, encryption. */
  readonly withoutEffect?: readonly string[];
}

/** Refuses a property that the runtime does not know: ignoring it would run another template than the one that will be deployed. */
export function checkProperties(request: ResourceRequest, known: KnownProperties): void {
  for (const name of Object.keys(request.properties)) {
    if (!known.used.includes(name) && !known.withoutEffect?.includes(name)) {
      throw new Error(`the local runtime does not emulate the property ${name} of ${request.type}`);
    }
  }
}
