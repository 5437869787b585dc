import { Environment } from '../../kernel/contracts';

/** A function as it was declared, at the moment when a version of it came to be. */
export interface FunctionConfiguration {
  readonly name: string;
  /** Without a qualifier. */
  readonly arn: string;
  readonly environment: Environment;
  readonly description: string;
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Where the code lies. */
  readonly directory: string;
  readonly logGroup: string;
  readonly reservedConcurrency?: number;
  readonly deadLetterArn?: string;
  readonly lastModified: string;
}

/** Node.js 24 and later have no handlers with a callback. */
export function takesCallbacks({ runtime }: FunctionConfiguration): boolean {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1]) < 24;
}
