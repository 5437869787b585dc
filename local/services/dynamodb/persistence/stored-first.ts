import { Operation } from '../../../kernel/contracts';
import { Database } from '../database';

/**
 * Operations that write, answered once what they wrote is stored. So is what they found written but not stored yet: a repeated transaction that has
 * nothing left to do is no sooner done than the first.
 */
export function storedFirst(database: Database, operations: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]): [string, Operation] => [name, {
    permissions: input => operation.permissions(input),
    handle: (input, call) => {
      const answer = operation.handle(input, call);
      const stored = database.settled();
      return stored ? stored.then(() => answer) : answer;
    },
  }]));
}
