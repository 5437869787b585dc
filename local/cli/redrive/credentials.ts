import { SigningCredentials } from '../../engines/sigv4';
import { UsageError } from '../report';

type Environment = Readonly<Record<string, string | undefined>>;

const WAY_OUT = 'Give credentials by the environment: eval "$(aws configure export-credentials --format env)".';

/** Where other tools find credentials that this one does not read. */
const NOT_READ: readonly (readonly [variable: string, what: string])[] = [
  ['AWS_PROFILE', 'profiles, those of SSO among them'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'web identities'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'credentials of containers'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'credentials of containers'],
];

/** The credentials of the environment. The runtime on this machine takes those that every tool uses for it. */
export function environmentCredentials(environment: Environment, isLocal: boolean): SigningCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined };
  }
  if (isLocal) {
    return { accessKeyId: 'test', secretAccessKey: 'test' };
  }
  const found = NOT_READ.find(([variable]) => environment[variable]);
  throw new UsageError(found
    ? `There is no AWS_ACCESS_KEY_ID with its AWS_SECRET_ACCESS_KEY, and ${found[0]} is set: ${found[1]} are not read. ${WAY_OUT}`
    : `There is no AWS_ACCESS_KEY_ID with its AWS_SECRET_ACCESS_KEY: files, profiles and roles of machines are not read. ${WAY_OUT}`);
}

/** The region of the environment. */
export function environmentRegion({ AWS_REGION: region, AWS_DEFAULT_REGION: usual }: Environment): string | undefined {
  return region || usual || undefined;
}
