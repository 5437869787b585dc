import { Permission } from '../../../kernel/contracts';
import { LogGroups } from '../groups/log-groups';
import { ResourcePolicies } from '../resource-policies';

/** What IAM is asked: always about a stream, which is empty where an action concerns a whole group. */
export class Permissions {
  constructor(private readonly groups: LogGroups, private readonly policies: ResourcePolicies) {}

  on(action: string, group = '', stream = ''): Permission[] {
    return [{ action: `logs:${action}`, resource: `${this.groups.arnOf(group)}:log-stream:${stream}`, resourcePolicy: this.policies.compiled }];
  }
}
