import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';

/** What a caller may do with the customer managed key of a resource, through the resource's service alone. */
export function keyPermissions(key: IKey | undefined, service: string, resource: IConstruct, actions: readonly string[]): PolicyStatement[] {
  if (!key) {
    return [];
  }
  const { region, urlSuffix } = Stack.of(resource);
  return [new PolicyStatement({
    actions: [...actions],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
  })];
}
