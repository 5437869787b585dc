import { SubscriptionConstraint } from './subscription-constraint';
import { FieldPath } from '../push/field-path';
import { InvalidValueError } from '../validation/invalid-value-error';

/** A field of the event that has to equal a claim of the caller. */
export interface ClaimConstraint {
  readonly path: FieldPath;
  readonly claim: string;
}

/** Those of some constraints that are about claims. */
export function claimConstraints(constraints: readonly SubscriptionConstraint[]): ClaimConstraint[] {
  const found = constraints.flatMap(({ _path: path, _claim: claim }) => claim === undefined ? [] : [{ path, claim }]);
  const again = found.find(({ path }, index) => found.findIndex(other => other.path.text === path.text) < index);
  if (again) {
    throw new InvalidValueError('constraintRepeated', `allow compares "${again.path.text}" with more than one claim: subscriptions are looked up by one for each field.`);
  }
  return found;
}

/** What a claim is called in the input of the subscription workflow. */
export function claimInput(claim: string): string {
  return `claim_${claim}`;
}
