import { refuseDefinition } from './invalid-definition';
import { makeStateMachine } from './make-state-machine';
import { StateMachine, StateMachines } from './state-machines';
import { AwsError } from '../../kernel/aws-error';
import { Operation, Permission, ServiceContext } from '../../kernel/contracts';

interface CreateInput {
  readonly name?: unknown;
  readonly definition?: unknown;
  readonly roleArn?: unknown;
  readonly type?: unknown;
  readonly loggingConfiguration?: {
    readonly level?: string;
    readonly includeExecutionData?: boolean;
    readonly destinations?: ReadonlyArray<{ readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string } }>;
  };
  readonly publish?: boolean;
}

type UpdateInput = Omit<CreateInput, 'name' | 'type'> & { readonly stateMachineArn?: string };

/** Operations that make, change and delete state machines. */
export function managingOperations(context: ServiceContext, stateMachines: StateMachines): Record<string, Operation> {
  const { environment, clock } = context;
  const arnOf = (name: string) => `arn:${environment.partition}:states:${environment.region}:${environment.account}:stateMachine:${name}`;
  return {
    CreateStateMachine: {
      permissions: (input: CreateInput) => [{ action: 'states:CreateStateMachine', resource: arnOf(nameOf(input)) }, ...passRole(input)],
      handle: async (input: CreateInput) => {
        const stateMachine = await refuseDefinition(() => makeStateMachine(context, environment, {
          name: nameOf(input), constructPath: nameOf(input), definition: text(input, 'definition'), roleArn: text(input, 'roleArn'), type: typeOf(input), logging: loggingOf(input),
        }));
        const existing = stateMachines.peek(stateMachine.arn);
        if (existing && !isSame(existing, stateMachine)) {
          throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${stateMachine.arn}'`);
        }
        const { arn, createdAt } = existing ?? stateMachine;
        if (!existing) {
          stateMachines.add(stateMachine);
        }
        return { stateMachineArn: arn, creationDate: createdAt / 1000, ...(input.publish === true && { stateMachineVersionArn: stateMachines.publish(arn) }) };
      },
    },
    UpdateStateMachine: {
      permissions: (input: UpdateInput) => [{ action: 'states:UpdateStateMachine', resource: stateMachines.get(input.stateMachineArn).arn }, ...passRole(input)],
      handle: async (input: UpdateInput) => {
        const { arn, name, type, constructPath, createdAt, ...previous } = stateMachines.get(input.stateMachineArn);
        if (input.definition === undefined && input.roleArn === undefined && input.loggingConfiguration === undefined) {
          throw new AwsError('MissingRequiredParameter', 'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified');
        }
        const changed = await refuseDefinition(() => makeStateMachine(context, environment, {
          name,
          type,
          constructPath,
          definition: input.definition === undefined ? previous.definition : text(input, 'definition'),
          roleArn: input.roleArn === undefined ? previous.roleArn : text(input, 'roleArn'),
          logging: loggingOf(input),
        }));
        stateMachines.add({ ...changed, createdAt, logging: input.loggingConfiguration === undefined ? previous.logging : changed.logging });
        const published = input.publish === true && { stateMachineVersionArn: stateMachines.publish(arn) };
        return { updateDate: clock.now() / 1000, revisionId: context.randomness.uuid(), ...published };
      },
    },
    DeleteStateMachine: {
      permissions: ({ stateMachineArn }: { stateMachineArn?: string }) => [{ action: 'states:DeleteStateMachine', resource: stateMachines.checkArn(stateMachineArn) }],
      // One that is not there is as good as deleted.
      handle: ({ stateMachineArn }: { stateMachineArn: string }) => {
        stateMachines.delete(stateMachineArn);
        return {};
      },
    },
  };
}

function passRole({ roleArn }: { readonly roleArn?: unknown }): Permission[] {
  return typeof roleArn === 'string' ? [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'states.amazonaws.com' } }] : [];
}

function nameOf({ name }: CreateInput): string {
  if (typeof name !== 'string' || !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${String(name)}'`);
  }
  return name;
}

function typeOf({ type = 'STANDARD' }: CreateInput): StateMachine['type'] {
  if (type !== 'STANDARD' && type !== 'EXPRESS') {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${String(type)}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]`);
  }
  return type;
}

function text(input: object, name: 'definition' | 'roleArn'): string {
  const value = (input as Record<string, unknown>)[name];
  if (typeof value !== 'string') {
    throw new AwsError('ValidationException', `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`);
  }
  return value;
}

function loggingOf({ loggingConfiguration: given }: CreateInput) {
  return given && {
    Level: given.level,
    IncludeExecutionData: given.includeExecutionData,
    Destinations: given.destinations?.map(({ cloudWatchLogsLogGroup: group }) => ({ CloudWatchLogsLogGroup: { LogGroupArn: group?.logGroupArn } })),
  };
}

/** To make the same one again is no error. */
function isSame(left: StateMachine, right: StateMachine): boolean {
  return left.definition === right.definition && left.roleArn === right.roleArn && left.type === right.type;
}
