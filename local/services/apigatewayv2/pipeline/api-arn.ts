import { Environment } from '../../../kernel/contracts';

/** The ARN of something below an API, such as `<stage>/$connect`: what policies and permissions name. */
export function apiArn({ partition, region, account }: Environment, apiId: string, path: string): string {
  return `arn:${partition}:execute-api:${region}:${account}:${apiId}/${path}`;
}
