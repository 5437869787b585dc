import { expandEvents } from '../events';
import { attribute, defined, isIntrinsic, isObject, JsonObject } from '../json';
import { executionRole, markedTags } from '../policies/execution-role';
import { s3Location } from '../s3-location';
import { Resources, ServerlessResource } from '../serverless-resource';

const PROPERTIES = [
  'Definition', 'DefinitionUri', 'DefinitionSubstitutions', 'Events', 'Logging', 'Name', 'PermissionsBoundary', 'Policies', 'PropagateTags', 'Role', 'RolePath', 'Tags', 'Tracing', 'Type',
];
const NOT_RUN = ['AutoPublishAlias', 'DeploymentPreference', 'UseAliasAsEventTarget'];

/** `AWS::Serverless::StateMachine`: a state machine, its role unless it is given one, and what its events need. */
export function stateMachine(resource: ServerlessResource): Resources {
  resource.check(PROPERTIES, NOT_RUN);
  const { logicalId, properties: { Role: role, Policies: policies, Name: name, Type: type, Logging: logging } } = resource;
  const tracing = resource.map('Tracing');
  if (role !== undefined && policies !== undefined) {
    resource.fail("Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them", 'Properties');
  }
  const tags = markedTags(resource, 'stateMachine:createdBy');
  return {
    [logicalId]: {
      Type: 'AWS::StepFunctions::StateMachine',
      ...resource.ownAttributes,
      Properties: defined({
        ...definitionOf(resource),
        RoleArn: role ?? attribute(`${logicalId}Role`, 'Arn'),
        StateMachineName: name,
        StateMachineType: type,
        LoggingConfiguration: logging,
        TracingConfiguration: tracing,
        Tags: tags,
      }),
    },
    ...(role === undefined ? {
      [`${logicalId}Role`]: executionRole(resource, { service: 'states.amazonaws.com', managedPolicies: tracing?.Enabled === true ? ['AWSXrayWriteOnlyAccess'] : [], tags }),
    } : {}),
    ...expandEvents(resource, { kind: 'state machine', arn: { Ref: logicalId } }).resources,
  };
}

function definitionOf(resource: ServerlessResource): JsonObject {
  const { DefinitionUri: uri } = resource.properties;
  const definition = resource.map('Definition');
  const substitutions = resource.map('DefinitionSubstitutions');
  if (definition !== undefined && uri !== undefined) resource.fail("Specify either 'Definition' or 'DefinitionUri' property and not both.", 'Properties');
  if (definition !== undefined) {
    const dynamic: Record<string, unknown> = {};
    const text = JSON.stringify(withoutIntrinsics(definition, dynamic), undefined, 4);
    const all = { ...substitutions, ...dynamic };
    return { DefinitionString: text, ...(Object.keys(all).length === 0 ? {} : { DefinitionSubstitutions: all }) };
  }
  if (uri === undefined) resource.fail("Either 'Definition' or 'DefinitionUri' property must be specified.", 'Properties');
  return { DefinitionS3Location: s3Location(resource, 'DefinitionUri'), ...(substitutions === undefined ? {} : { DefinitionSubstitutions: substitutions }) };
}

/** A definition is text for CloudFormation: what it computes goes in by substitution. The names are given in the order of the keys. */
function withoutIntrinsics(value: unknown, dynamic: Record<string, unknown>): unknown {
  const visit = (member: unknown): unknown => {
    if (isIntrinsic(member) || (typeof member === 'string' && /^\{\{resolve:/.test(member))) {
      const name = `definition_substitution_${Object.keys(dynamic).length + 1}`;
      dynamic[name] = member;
      return `\${${name}}`;
    }
    return withoutIntrinsics(member, dynamic);
  };
  if (Array.isArray(value)) return value.map(visit);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, visit(value[key])]));
}
