import { createHash } from 'node:crypto';
import { ResourceRequest } from './contracts';

/** Names as CloudFormation makes them up, but the same on every run, so that URLs and ARNs stay valid across restarts. */
export function madeUpNames(stackName: string, logicalId: string): Pick<ResourceRequest, 'generateName' | 'generateId'> {
  const digits = BigInt(`0x${createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex')}`).toString(36);
  return {
    generateId: length => digits.slice(0, length),
    generateName: maxLength => {
      const suffix = `-${digits.slice(0, 12).toUpperCase()}`;
      return `${stackName}-${logicalId}`.slice(0, maxLength - suffix.length) + suffix;
    },
  };
}
