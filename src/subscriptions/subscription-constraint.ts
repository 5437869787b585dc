import { Token } from 'aws-cdk-lib';
import { FieldPath } from '../push/field-path';
import { InvalidValueError } from '../validation/invalid-value-error';

/**
 * Something that must hold for an event, beside a client's own pattern, before the event reaches the client. Clients can neither see nor change it.
 *
 * An event meets a constraint on a field that holds a list when one of the list's values does, as with event patterns.
 */
export class SubscriptionConstraint {
  /**
   * The field has one of these values.
   *
   * @param path the event's field, such as `source` or `detail.visibility`
   * @param values texts; capital and small letters are different
   */
  static fieldEquals(path: string, ...values: string[]): SubscriptionConstraint {
    if (values.length === 0 || values.some(value => Token.isUnresolved(value))) {
      throw new InvalidValueError('constraintValues', `SubscriptionConstraint.fieldEquals("${path}", …) needs at least one text that is known at synthesis.`);
    }
    return new SubscriptionConstraint(new FieldPath(path, 'SubscriptionConstraint.fieldEquals'), values);
  }

  /**
   * The field has the value that the connection's authorizer put into its context, or that its ticket vouches for. A client without such a value may subscribe to nothing.
   *
   * @param path the event's field, such as `detail.tenantId`
   * @param claim the key in the authorizer's context, or the ticket's claim, such as `tenantId`: letters, digits and underscores
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
   */
  static fieldEqualsClaim(path: string, claim: string): SubscriptionConstraint {
    if (!/^[A-Za-z_]\w*$/.test(claim)) {
      throw new InvalidValueError('constraintClaim', `SubscriptionConstraint.fieldEqualsClaim("${path}", …): a claim's name has letters, digits and underscores, and does not begin with a digit; received ${JSON.stringify(claim)}.`);
    }
    return new SubscriptionConstraint(new FieldPath(path, 'SubscriptionConstraint.fieldEqualsClaim'), [], claim);
  }

  private constructor(
    /** @internal */ readonly _path: FieldPath,
    /** @internal */ readonly _values: readonly string[],
    /** @internal */ readonly _claim?: string,
  ) {}
}
