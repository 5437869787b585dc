import { FunctionReference, parseFunctionName, qualifierOf } from './function-name';
import { FunctionVersion, LambdaFunction } from './lambda-function';
import { AwsError } from '../../kernel/aws-error';
import { Environment } from '../../kernel/contracts';

/** A function that was found, and the version of it that is meant. */
export interface FoundFunction {
  readonly reference: FunctionReference;
  readonly lambdaFunction: LambdaFunction;
  readonly version: FunctionVersion;
}

/** The functions of all stacks. */
export class Functions {
  private readonly byArn = new Map<string, LambdaFunction>();

  constructor(private readonly environment: Environment) {}

  get all(): LambdaFunction[] {
    return [...this.byArn.values()];
  }

  add(lambdaFunction: LambdaFunction): void {
    const { arn, name } = lambdaFunction.configuration;
    if (this.byArn.has(arn)) {
      throw new Error(`Function already exist: ${name}`);
    }
    this.byArn.set(arn, lambdaFunction);
  }

  delete(arn: string): void {
    this.byArn.get(arn)?.stop();
    this.byArn.delete(arn);
  }

  /** The function that a resource of the template belongs to. */
  get(name: unknown, environment: Environment = this.environment): LambdaFunction {
    return this.find(name, undefined, environment).lambdaFunction;
  }

  reference(name: unknown, qualifier?: string): FunctionReference {
    return parseFunctionName(name, qualifier, this.environment);
  }

  /** The function of that name, and the version of it; throws ResourceNotFoundException. */
  find(name: unknown, qualifier?: string, environment: Environment = this.environment): FoundFunction {
    const reference = parseFunctionName(name, qualifier, environment);
    const lambdaFunction = this.peek(reference);
    const version = lambdaFunction?.version(qualifierOf(reference));
    if (!lambdaFunction || !version) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${reference.arn}`, 404, { Type: 'User' });
    }
    return { reference, lambdaFunction, version };
  }

  /** The function behind a reference; undefined when there is none. */
  peek({ arn }: FunctionReference): LambdaFunction | undefined {
    return this.byArn.get(arn.split(':').slice(0, 7).join(':'));
  }
}
