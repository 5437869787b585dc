import { SessionCredentials } from '../../../kernel/contracts';
import { FunctionConfiguration } from '../function-configuration';

/** Names that a template may not set. */
const RESERVED = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT',
]);

/** What a process needs of the machine it runs on: nothing else of the developer's environment reaches a function. */
const INHERITED = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP'];

/** Refuses variables that Lambda sets itself. */
export function refuseReserved(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter(name => RESERVED.has(name));
  if (reserved.length > 0) {
    throw new Error(`Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`);
  }
}

/** The environment variables of a function's process. */
export function environmentVariables(
  configuration: FunctionConfiguration, version: string, logStream: string, credentials: SessionCredentials, endpoint: string,
): Record<string, string> {
  const { region } = configuration.environment;
  const inherited = INHERITED.flatMap(name => process.env[name] === undefined ? [] : [[name, process.env[name]]]);
  return {
    ...Object.fromEntries(inherited) as Record<string, string>,
    AWS_ENDPOINT_URL: endpoint,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...configuration.variables,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: configuration.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: configuration.directory,
    _HANDLER: configuration.handler,
  };
}
