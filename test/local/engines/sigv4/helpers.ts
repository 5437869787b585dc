import { SignatureV4 } from '@smithy/signature-v4';
import { SignatureError, SignatureVerifierOptions, SignedRequest, VerifiedSignature, verifySignature } from '../../../../local/engines/sigv4';
import { Sha256 } from '../../../support/sha256';

export const ACCESS_KEY = 'AKIDEXAMPLE';
export const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const NOW = Date.parse('2015-08-30T12:36:00Z');

export interface Unsigned {
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
}

function signer(service: string, region: string, sessionToken: string | undefined): SignatureV4 {
  return new SignatureV4({ service, region, sha256: Sha256, credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET, sessionToken }, uriEscapePath: service !== 's3' });
}

function toSmithy({ method = 'POST', path = '/', query = {}, headers = {}, body }: Unsigned): Parameters<SignatureV4['sign']>[0] & object {
  const request = { method, path, query, headers: { host: 'localhost:8080', ...headers }, body, protocol: 'http:', hostname: 'localhost' };
  return request as unknown as Parameters<SignatureV4['sign']>[0] & object;
}

interface SmithyRequest {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body?: string;
}

function toWire(signed: SmithyRequest): SignedRequest {
  const query = Object.entries(signed.query).flatMap(([name, value]) => [value].flat().map(text => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)).join('&');
  const headers = Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { method: signed.method, path: signed.path, query, headers, body: Buffer.from(signed.body ?? '') };
}

/** A request with the Authorization header of the AWS SDK. */
export async function sign(request: Unsigned, service = 'dynamodb', region = 'eu-west-1', sessionToken?: string): Promise<SignedRequest> {
  const signed = await signer(service, region, sessionToken).sign(toSmithy(request) as never, { signingDate: new Date(NOW) });
  return toWire(signed as unknown as SmithyRequest);
}

/** A request that the AWS SDK has presigned. */
export async function presign(request: Unsigned, expiresIn = 3600, service = 'execute-api', sessionToken?: string): Promise<SignedRequest> {
  const signed = await signer(service, 'eu-west-1', sessionToken).presign(toSmithy({ method: 'GET', ...request }) as never, { signingDate: new Date(NOW), expiresIn });
  return toWire(signed as unknown as SmithyRequest);
}

export function verify(request: SignedRequest, now = NOW, options?: SignatureVerifierOptions): VerifiedSignature {
  return verifySignature(request, accessKeyId => accessKeyId === ACCESS_KEY ? SECRET : undefined, now, options);
}

/** The refusal of a request. */
export function refusal(request: SignedRequest, now = NOW, options?: SignatureVerifierOptions): SignatureError {
  try {
    verify(request, now, options);
  } catch (error) {
    if (error instanceof SignatureError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
