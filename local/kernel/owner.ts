import { Environment, Principal } from './contracts';

/** The owner of an account, who may do everything in it. */
export function ownerOf({ partition, account }: Pick<Environment, 'partition' | 'account'>): Principal {
  return { kind: 'account', arn: `arn:${partition}:iam::${account}:root` };
}
