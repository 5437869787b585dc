import { AwsError } from './aws-error';
import { MissingPermission } from './contracts';

/** IAM refuses a call; it knows what would have to be allowed, and where. */
export class DeniedError extends AwsError {
  constructor(message: string, readonly missing: MissingPermission) {
    super('AccessDeniedException', message);
  }
}
