import { supportsResource } from './integrations';
import { ExecutionLogging, LoggingConfiguration } from './logging/execution-logging';
import { StateMachines } from './state-machines';
import { compileStateMachine } from '../../engines/asl';
import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../kernel/contracts';

interface StateMachineProperties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: 'EXPRESS' | 'STANDARD';
  readonly RoleArn: string;
  readonly Definition?: object;
  readonly DefinitionString?: string;
  readonly DefinitionSubstitutions?: Record<string, unknown>;
  readonly LoggingConfiguration?: LoggingConfiguration;
}

/** How state machines come into being. */
export function resourceTypes(context: ServiceContext, stateMachines: StateMachines): Record<string, ResourceType> {
  return {
    'AWS::StepFunctions::StateMachine': {
      properties: {
        used: ['StateMachineName', 'StateMachineType', 'RoleArn', 'Definition', 'DefinitionString', 'DefinitionSubstitutions', 'LoggingConfiguration'],
        withoutEffect: ['TracingConfiguration', 'EncryptionConfiguration', 'Tags'],
      },
      create: request => createStateMachine(context, stateMachines, request),
      // Executions that are under way go on as they began.
      update: request => createStateMachine(context, stateMachines, request),
      replacedBy: ['StateMachineName', 'StateMachineType'],
      delete: (_, { ref }) => stateMachines.delete(ref),
    },
  };
}

async function createStateMachine(
  context: ServiceContext, stateMachines: StateMachines, request: ResourceRequest<StateMachineProperties>,
): Promise<ProvisionedResource> {
  const { properties, environment } = request;
  const name = properties.StateMachineName ?? request.generateName(80);
  const arn = `arn:${environment.partition}:states:${environment.region}:${environment.account}:stateMachine:${name}`;
  const definition = definitionOf(properties);
  const workflow = compileStateMachine(definition);
  const unsupported = [...new Set(taskResources(JSON.parse(definition)))].filter(resource => !supportsResource(resource));
  if (unsupported.length > 0) {
    throw new Error(`its tasks use resources that the local runtime does not emulate: ${unsupported.join(', ')}`);
  }
  const logging = await ExecutionLogging.create(context, environment, { arn, name, roleArn: properties.RoleArn }, properties.LoggingConfiguration);
  stateMachines.add({
    arn,
    name,
    constructPath: request.constructPath,
    type: properties.StateMachineType ?? 'STANDARD',
    roleArn: properties.RoleArn,
    definition,
    workflow,
    createdAt: context.clock.now(),
    logging,
  });
  return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: request.generateId(12) } };
}

function definitionOf({ Definition: definition, DefinitionString: text, DefinitionSubstitutions: substitutions = {} }: StateMachineProperties): string {
  if (definition === undefined && text === undefined) {
    throw new Error('a state machine needs a Definition or a DefinitionString: the local runtime does not read definitions from S3');
  }
  return (text ?? JSON.stringify(definition)).replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, key) => Object.hasOwn(substitutions, key) ? String(substitutions[key]) : whole);
}

/** The resources of every Task, in whatever state they stand. */
function* taskResources(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* taskResources(item);
    }
  } else if (value !== null && typeof value === 'object') {
    const { Type: type, Resource: resource } = value as { Type?: unknown; Resource?: unknown };
    if (type === 'Task' && typeof resource === 'string') {
      yield resource;
    }
    yield* taskResources(Object.values(value));
  }
}
