/** What both sides compute: the text that is signed, the key, and the signature. */
import { createHash, createHmac } from 'crypto';
import { CredentialScope, scopeParts, scopeText } from './credential-scope';

/** The one algorithm there is. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The text that is signed, for a request in its canonical form. */
export function stringToSign(canonical: string, timestamp: string, scope: CredentialScope): string {
  return [ALGORITHM, timestamp, scopeText(scope), createHash('sha256').update(canonical).digest('hex')].join('\n');
}

/** The key that a secret gives for a scope. */
export function signingKey(secret: string, scope: CredentialScope): Buffer {
  return scopeParts(scope).reduce(hmac, Buffer.from(`AWS4${secret}`, 'utf8'));
}

/** The signature of a text. */
export function sign(key: Buffer, text: string): string {
  return hmac(key, text).toString('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
