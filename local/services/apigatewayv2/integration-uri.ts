import { functionArnOf } from './lambda-uri';
import { Environment } from '../../kernel/contracts';

/** What an `AWS` integration calls. */
export interface AwsTarget {
  /** The service as its ARNs name it. */
  readonly service: string;
  /** Host that the request would go to. */
  readonly host: string;
  /** `/`, with the action beside it, or the path that the integration names. */
  readonly path: string;
  readonly action?: string;
}

const URI = /^arn:([^:]+):apigateway:([^:]+):(?:([^:]+)\.)?([^:.]+):(action|path)\/(.*)$/s;

/** API Gateway's own services cannot be called by API Gateway. */
const NOT_SUPPORTED = ['execute-api', 'apigateway', 'apigatewaymanagementapi'];

/** Reads the URI of an `AWS` integration; throws when it is none, or one that AWS would not deploy, or that leads elsewhere. */
export function parseAwsUri(uri: string, environment: Environment): AwsTarget {
  const match = URI.exec(uri);
  if (!match) {
    throw new Error(`"${uri}" is no URI of an AWS integration, such as arn:aws:apigateway:us-east-1:dynamodb:action/PutItem`);
  }
  const [, partition, region, subdomain, service, kind, rest] = match;
  if (NOT_SUPPORTED.includes(service)) {
    throw new Error(`AWS Service of type ${service} not supported`);
  }
  if (service === 'lambda') {
    functionArnOf(uri);
  }
  if (partition !== environment.partition || region !== environment.region) {
    throw new Error(`the local runtime does not emulate integrations with another region (${partition} ${region})`);
  }
  return {
    service,
    host: `${subdomain === undefined ? '' : `${subdomain}.`}${service}.${region}.${environment.urlSuffix}`,
    path: kind === 'action' ? '/' : `/${rest}`,
    action: kind === 'action' ? rest : undefined,
  };
}
