/** The credential of a signature: an access key and the scope it is used in. */
import { SignatureError } from './signature-error';

const TERMINATOR = 'aws4_request';

/** The parts of a credential. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** The day, as YYYYMMDD. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** Reads a credential such as `AKIDEXAMPLE/20150830/us-east-1/events/aws4_request`. */
export function readCredential(credential: string): CredentialScope & { readonly terminator: string } {
  const parts = credential.split('/');
  if (parts.length !== 5) {
    throw new SignatureError('incompleteSignature', `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`);
  }
  const [accessKeyId, day, region, service, terminator] = parts;
  return { accessKeyId, day, region, service, terminator };
}

/** Refuses a scope that does not fit the signature. Any region and any service will do. */
export function checkScope({ day, region, service, terminator }: ReturnType<typeof readCredential>, timestamp: string): void {
  const problems = [
    ...(region === '' ? [`Credential should be scoped to a valid region, not '${region}'. `] : []),
    ...(service === '' ? ['Credential should be scoped to correct service. '] : []),
    ...(terminator === TERMINATOR ? [] : [`Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'. `]),
    ...(day === timestamp.slice(0, 8) ? []
      : [`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${timestamp.slice(0, 8)}', from '${timestamp}'. `]),
  ];
  if (problems.length > 0) throw new SignatureError('invalidSignature', problems.join('').trim());
}

/** The scope as it is signed. */
export function scopeText(scope: CredentialScope): string {
  return scopeParts(scope).join('/');
}

/** The names that a signing key is derived through, in their order. */
export function scopeParts({ day, region, service }: CredentialScope): string[] {
  return [day, region, service, TERMINATOR];
}
