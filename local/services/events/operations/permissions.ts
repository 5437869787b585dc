import { Environment, Operation } from '../../../kernel/contracts';
import { violation } from '../errors';
import { EventBuses } from '../rules/event-buses';

interface PermissionInput {
  readonly EventBusName?: string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly StatementId?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
  readonly Policy?: string;
  readonly RemoveAllPermissions?: boolean;
}

const STATEMENT_ID = /^[A-Za-z0-9\-_]{1,64}$/;

/** Operations on the policies of buses. */
export function permissionOperations(buses: EventBuses): Record<string, Operation> {
  const permission = (action: string) => ({ EventBusName: bus }: PermissionInput) => [{ action: `events:${action}`, resource: buses.get(bus).arn }];
  return {
    PutPermission: {
      permissions: permission('PutPermission'),
      handle: (input: PermissionInput) => {
        const bus = buses.get(input.EventBusName);
        if (input.Policy !== undefined) {
          bus.policy.replace(input.Policy);
        } else {
          bus.policy.put(statementOf(input, bus.arn, bus.environment));
        }
      },
    },
    RemovePermission: {
      permissions: permission('RemovePermission'),
      handle: ({ EventBusName: name, StatementId: id, RemoveAllPermissions: all }: PermissionInput) => {
        const { policy } = buses.get(name);
        if (all) {
          policy.clear();
        } else {
          policy.remove(id);
        }
      },
    },
  };
}

/** The statement that lets another account, or everybody, put events on a bus. */
export function statementOf(input: PermissionInput, busArn: string, { partition }: Environment) {
  const { Action: action, Principal: principal, StatementId: id, Condition: condition } = input;
  if (typeof id !== 'string' || !STATEMENT_ID.test(id)) {
    throw violation(id, 'statementId', 'satisfy regular expression pattern: [a-zA-Z0-9-_]+');
  }
  if (action !== 'events:PutEvents') {
    throw violation(action, 'action', 'satisfy enum value set: [events:PutEvents]');
  }
  if (typeof principal !== 'string' || !/^(\d{12}|\*)$/.test(principal)) {
    throw violation(principal, 'principal', 'satisfy regular expression pattern: (\\d{12}|\\*)');
  }
  return {
    Sid: id,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:${partition}:iam::${principal}:root` },
    Action: action,
    Resource: busArn,
    ...(condition ? { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } } : {}),
  };
}
