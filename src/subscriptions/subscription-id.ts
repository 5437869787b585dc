export const SUBSCRIPTION_ID_LENGTH = 64;

/** JSONata: whether a JSON text, never empty, is an id that a client may choose. It stands in keys, behind a `#`. */
export function isSubscriptionId(text: string): string {
  return `($type($parse(${text})) = 'string' ? $contains($parse(${text}), /^[A-Za-z0-9_.:-]{1,${SUBSCRIPTION_ID_LENGTH}}$/) : false)`;
}
