import documents from './managed-policies.json';
import { PolicyDocument } from './policy-document';

/** AWS's own managed policies that templates commonly name, as AWS's Managed Policy Reference gives them; by path and name, such as `service-role/AWSLambdaRole`. */
const DOCUMENTS = new Map<string, unknown>(Object.entries(documents));

/** What an AWS managed policy allows; undefined for an ARN of another policy, and for a policy that is not known here. */
export function managedPolicyDocument(arn: string): PolicyDocument | undefined {
  const [, name] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  return name === undefined ? undefined : DOCUMENTS.get(name) as PolicyDocument | undefined;
}

/** The path and the name of the AWS managed policy with a name, such as `service-role/AWSLambdaRole` for `AWSLambdaRole`; undefined when it is not known here. */
export function managedPolicyPath(name: string): string | undefined {
  return [...DOCUMENTS.keys()].find(key => key === name || key.endsWith(`/${name}`));
}
