import { request } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../test/support/sha256';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const signer = new SignatureV4({ service: 'dynamodb', region: 'us-east-1', credentials, sha256: Sha256 });

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The status of the answer; 'closed' when the connection ended without one, 'hang' when none came in time. */
export type HttpOutcome = number | 'closed' | 'hang';

/** Signs a request, as the owner of the account. */
export async function signed({ method, path, headers, body }: RawRequest, endpoint: URL): Promise<RawRequest> {
  const signable = { method, protocol: 'http:', hostname: endpoint.hostname, port: Number(endpoint.port), path, query: {}, headers: { ...headers, host: endpoint.host }, body };
  const { headers: all } = await signer.sign(signable);
  return { method, path, headers: all, body };
}

/** Sends a request, and tells what came of it. */
export function send({ method, path, headers, body }: RawRequest, endpoint: URL, patience: number): Promise<HttpOutcome> {
  return new Promise(resolve => {
    const timer = setTimeout(() => {
      resolve('hang');
      outgoing.destroy();
    }, patience);
    const end = (outcome: HttpOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const outgoing = request({ host: endpoint.hostname, port: endpoint.port, method, path, headers, agent: false }, answer => {
      answer.resume();
      answer.once('end', () => end(answer.statusCode!));
      answer.once('error', () => end('closed'));
    });
    outgoing.once('error', () => end('closed'));
    outgoing.end(body);
  });
}
