import { createHash } from 'node:crypto';
import { Principal } from '../../../kernel/contracts';

/** Who sent a message, as its attributes tell: the account, the id of a role with its session, or a service. */
export function senderId({ kind, arn, roleArn }: Principal): string {
  switch (kind) {
    case 'account': return arn.split(':')[4];
    case 'role': return `AROA${createHash('sha256').update(roleArn!).digest('hex').slice(0, 17).toUpperCase()}:${arn.slice(arn.lastIndexOf('/') + 1)}`;
    case 'service': return arn;
  }
}
