import { Token } from 'aws-cdk-lib';
import { InvalidValueError } from './invalid-value-error';

/** The value, if it is an integer from one to the greatest. */
export function integerOption(option: string, value: number, greatest: number): number {
  if (!Number.isInteger(value) || value < 1 || value > greatest) {
    throw new InvalidValueError('integerOption', `${option} must be an integer from 1 to ${greatest}; received ${Token.isUnresolved(value) ? 'what only CloudFormation will know' : value}.`);
  }
  return value;
}
