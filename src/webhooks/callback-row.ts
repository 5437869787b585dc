/**
 * The rows of a WebhookRelay: one for each callback URL that was given out.
 *
 * | attribute | |
 * |---|---|
 * | `tokenDigest` | the key: what the URL ends with, hashed, so that whoever reads the table cannot call back |
 * | `connectionId`, `correlationId` | whom the answer is for, and which message it answers |
 * | `validUntil` | when the URL expires, in epoch seconds |
 * | `usedBy` | the execution that delivers the answer, or has delivered it; missing until then |
 * | `expiresAt` | when DynamoDB deletes the row |
 */
export const TOKEN_DIGEST = 'tokenDigest';
export const EXPIRES_AT = 'expiresAt';

/** For so long after it has expired a callback URL is answered as one that has been; then it is as unknown as any other. */
export const REMEMBERED_SECONDS = 24 * 60 * 60;

/** The key of a token's row, as an argument of a state; the token is JSONata. */
export function callbackKey(token: string): object {
  return { [TOKEN_DIGEST]: { S: `{% $hash(${token}, 'SHA-256') %}` } };
}
