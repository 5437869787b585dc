import { AliasRoute, StateMachines } from './state-machines';
import { Assumption, ProvisionedResource, ResourceRequest, ResourceType } from '../../kernel/contracts';

export const ALIAS_ASSUMPTION: Assumption = {
  about: 'A DeploymentPreference of an alias', assumed: 'The new version gets all executions at once, whatever the preference says of steps and alarms.',
};

interface AliasProperties {
  readonly Name?: string;
  readonly RoutingConfiguration?: ReadonlyArray<{ readonly StateMachineVersionArn: string; readonly Weight: number | string }>;
  readonly DeploymentPreference?: { readonly StateMachineVersionArn: string };
}

/** AWS::StepFunctions::StateMachineVersion: the state machine as it is at this moment. */
export function versionType(stateMachines: StateMachines): ResourceType {
  return {
    properties: { used: ['StateMachineArn', 'StateMachineRevisionId'], withoutEffect: ['Description'] },
    replacedBy: ['StateMachineArn', 'StateMachineRevisionId'],
    create: ({ properties: { StateMachineArn: arn } }) => {
      const versionArn = stateMachines.publish(arn);
      return { ref: versionArn, attributes: { Arn: versionArn } };
    },
    delete: (_, { ref }) => stateMachines.unpublish(ref),
  };
}

/** AWS::StepFunctions::StateMachineAlias: another name of one version, or of two. */
export function aliasType(stateMachines: StateMachines): ResourceType {
  const route = (request: ResourceRequest<AliasProperties>): ProvisionedResource => {
    const { Name: name = request.generateName(80) } = request.properties;
    const routes = routesOf(request.properties);
    const aliasArn = `${routes[0].versionArn.replace(/:[^:]*$/, '')}:${name}`;
    stateMachines.route(aliasArn, routes);
    return { ref: aliasArn, attributes: { Arn: aliasArn } };
  };
  return {
    properties: { used: ['Name', 'RoutingConfiguration', 'DeploymentPreference'], withoutEffect: ['Description'] },
    replacedBy: ['Name'],
    create: route,
    update: route,
    delete: (_, { ref }) => stateMachines.deleteAlias(ref),
  };
}

function routesOf({ RoutingConfiguration: configuration, DeploymentPreference: preference }: AliasProperties): readonly AliasRoute[] {
  const routes = preference
    ? [{ versionArn: preference.StateMachineVersionArn, weight: 100 }]
    : (configuration ?? []).map(({ StateMachineVersionArn: versionArn, Weight: weight }) => ({ versionArn, weight: Number(weight) }));
  if (routes.length < 1 || routes.length > 2 || routes.reduce((sum, { weight }) => sum + weight, 0) !== 100) {
    throw new Error('an alias needs a RoutingConfiguration of one or two versions whose weights sum up to 100, or a DeploymentPreference');
  }
  return routes;
}
