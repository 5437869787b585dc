import { compilePolicy } from '../../../engines/iam-policy';
import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Functions } from '../functions';

interface PermissionProperties {
  readonly FunctionName?: string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly PrincipalOrgID?: string;
}

/** AWS::Lambda::Permission: a statement of the function's own policy. */
export function permissionType(functions: Functions): ResourceType {
  return {
    properties: { used: ['FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount', 'PrincipalOrgID'] },
    create: request => createPermission(functions, request),
    delete: ({ properties }, { ref }) => functions.peek(functions.reference(properties.FunctionName))?.forbid(ref),
  };
}

function createPermission(functions: Functions, request: ResourceRequest<PermissionProperties>): ProvisionedResource {
  const { properties, environment } = request;
  const { lambdaFunction, reference } = functions.find(properties.FunctionName, undefined, environment);
  const id = request.generateName(100);
  const statement = {
    Sid: id,
    Effect: 'Allow',
    Principal: principalOf(properties.Principal ?? '', environment.partition),
    Action: properties.Action,
    Resource: reference.arn,
    ...conditionOf(properties),
  };
  // What is wrong with it is told now and not at the first call.
  compilePolicy({ Version: '2012-10-17', Statement: [statement] }, { kind: 'resource' });
  lambdaFunction.permit(id, statement);
  return { ref: id, attributes: { Id: id } };
}

function principalOf(principal: string, partition: string): unknown {
  if (principal === '*') {
    return principal;
  }
  if (/^\d{12}$/.test(principal)) {
    return { AWS: `arn:${partition}:iam::${principal}:root` };
  }
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}

function conditionOf({ SourceArn: sourceArn, SourceAccount: sourceAccount, PrincipalOrgID: organization }: PermissionProperties): object {
  const equals = {
    ...(sourceAccount === undefined ? {} : { 'AWS:SourceAccount': sourceAccount }),
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
  };
  const condition = {
    ...(sourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': sourceArn } }),
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
  };
  return Object.keys(condition).length === 0 ? {} : { Condition: condition };
}
