/** AWS Signature Version 4: verified, and made. */
export type { SignedRequest } from './canonical-request';
export { signRequest } from './sign-request';
export type { SigningCredentials, SigningScope } from './sign-request';
export { SignatureError } from './signature-error';
export type { SignatureErrorKind } from './signature-error';
export { SignatureVerifier, verifySignature } from './signature-verifier';
export type { SecretLookup, SignatureVerifierOptions, VerifiedSignature } from './signature-verifier';
