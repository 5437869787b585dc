import { InvalidDefinitionError, UnsupportedDefinitionError } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';

/** What the API answers for a definition that is none, or that cannot be run here. */
export async function refuseDefinition<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof InvalidDefinitionError) {
      throw new AwsError('InvalidDefinition', error.message);
    }
    if (error instanceof UnsupportedDefinitionError || error instanceof UnsupportedTaskError) {
      throw new AwsError('NotImplemented', `The local runtime does not run this definition: ${error.message}`, 501);
    }
    throw error;
  }
}

/** A Task that AWS runs and the runtime does not. */
export class UnsupportedTaskError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsupportedTaskError';
  }
}
