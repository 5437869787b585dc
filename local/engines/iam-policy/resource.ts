/** The Resource and NotResource elements of a statement. */
import { splitArnPattern } from './arn';
import { legacyParsingError, MalformedPolicyDocumentError } from './malformed-policy-document-error';
import { compilePattern } from './pattern';
import { RequestContext } from './request-context';

const IAM_PATHS = [
  'user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/', 'policy/', 'sms-mfa/', 'saml-provider/',
  'oidc-provider/', 'report/', 'access-report/',
];

/** Whether one of the resources of a statement matches the request's. */
export type ResourceMatcher = (resource: string, context: RequestContext) => boolean;

/** Compiles a list of resources. */
export function compileResources(resources: readonly string[], variables: boolean): ResourceMatcher {
  if (resources.includes('*')) return () => true;
  const options = { wildcards: true, variables, arn: true };
  const patterns = resources.map(resource => compilePattern(resource.startsWith('arn:') ? splitArnPattern(resource).join(':') : resource, options));
  if (patterns.length === 1) return (resource, context) => patterns[0].matches(resource, context) === true;
  return (resource, context) => patterns.some(pattern => pattern.matches(resource, context));
}

/** Why IAM would refuse a resource in an identity-based policy; resources' own policies have rules of their own in every service. */
export function findResourceProblem(resource: string): MalformedPolicyDocumentError | undefined {
  if (resource === '*') return undefined;
  const [, partition, service, region = '', account = '', ...rest] = resource.split(':');
  if (partition === undefined) return new MalformedPolicyDocumentError(`Resource ${resource} must be in ARN format or "*".`);
  if (partition !== '*' && !/^aws(?:-[a-z-]+)?$/.test(partition)) {
    const [, , ...completed] = splitArnPattern(resource);
    return new MalformedPolicyDocumentError(`Partition "${partition}" is not valid for resource "arn:${partition}:${completed.join(':')}".`);
  }
  if (service === undefined || /[*?]/.test(service)) {
    return new MalformedPolicyDocumentError('Resource vendor must be fully qualified and cannot contain regexes.', `${resource} names no service`);
  }
  if (service === 'iam' && region !== '') return new MalformedPolicyDocumentError(`IAM resource ${resource} cannot contain region information.`);
  // Buckets have neither region nor account; access points have both.
  if (service === 's3' && region !== '' && account === '') return new MalformedPolicyDocumentError(`Resource ${resource} can not contain region information.`);
  // An ARN may end early, but then no segment may be empty.
  const isComplete = rest.length > 0;
  if (service === '' || (!isComplete && resource.includes('::'))) return legacyParsingError(`${resource} is not an ARN`);
  const path = rest.join(':');
  if (service === 'iam' && isComplete && !path.startsWith('*') && !IAM_PATHS.some(start => path.startsWith(start))) {
    return new MalformedPolicyDocumentError(`IAM resource path must either be "*" or start with ${IAM_PATHS.join(', ')}.`);
  }
  return undefined;
}
