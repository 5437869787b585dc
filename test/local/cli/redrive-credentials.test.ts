import { environmentCredentials, environmentRegion } from '../../../local/cli/redrive/credentials';

test('the environment gives credentials, those of a session too', () => {
  const environment = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token', AWS_PROFILE: 'ignored' };
  expect(environmentCredentials(environment, false)).toEqual({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' });
  expect(environmentCredentials({ ...environment, AWS_SESSION_TOKEN: '' }, false).sessionToken).toBeUndefined();
});

test('the runtime on this machine takes what every tool uses for it', () => {
  expect(environmentCredentials({}, true)).toEqual({ accessKeyId: 'test', secretAccessKey: 'test' });
});

test.each([
  ['AWS_PROFILE', /AWS_PROFILE is set: profiles, those of SSO among them are not read\. .*eval "\$\(aws configure export-credentials --format env\)"/],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', /web identities are not read/],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', /credentials of containers are not read/],
  ['NOTHING', /files, profiles and roles of machines are not read\. .*export-credentials/],
])('credentials by %s are refused, with the way out', (variable, message) => {
  expect(() => environmentCredentials({ [variable]: 'x' }, false)).toThrow(message);
  expect(() => environmentCredentials({ AWS_ACCESS_KEY_ID: 'key', [variable]: 'x' }, false)).toThrow(message);
});

test('the region is that of the environment', () => {
  expect(environmentRegion({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' })).toBe('eu-west-1');
  expect(environmentRegion({ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' })).toBe('us-east-1');
  expect(environmentRegion({})).toBeUndefined();
});
