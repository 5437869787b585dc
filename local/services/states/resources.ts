import { checkTasks } from './check-tasks';
import { DefinitionProperties, definitionOf } from './definition';
import { ExecutionLogging, LoggingConfiguration } from './logging/execution-logging';
import { StateMachines } from './state-machines';
import { compileStateMachine } from '../../engines/asl';
import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../kernel/contracts';

interface StateMachineProperties extends DefinitionProperties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: 'EXPRESS' | 'STANDARD';
  readonly RoleArn: string;
  readonly LoggingConfiguration?: LoggingConfiguration;
}

/** How state machines come into being. */
export function resourceTypes(context: ServiceContext, stateMachines: StateMachines): Record<string, ResourceType> {
  return {
    'AWS::StepFunctions::StateMachine': {
      properties: {
        used: [
          'StateMachineName', 'StateMachineType', 'RoleArn', 'Definition', 'DefinitionString', 'DefinitionS3Location', 'DefinitionSubstitutions', 'LoggingConfiguration',
        ],
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
  // CloudFormation leaves the stack's name out of this one.
  const name = properties.StateMachineName ?? `${request.logicalId.slice(0, 80 - 13)}-${request.generateId(12)}`;
  const arn = `arn:${environment.partition}:states:${environment.region}:${environment.account}:stateMachine:${name}`;
  const definition = definitionOf(request);
  const workflow = compileStateMachine(definition);
  checkTasks(JSON.parse(definition), properties.StateMachineType ?? 'STANDARD');
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
