import { Environment, ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { parseAwsUri } from '../integration-uri';
import { functionArnOf } from '../lambda-uri';
import { compileRequestParameters } from '../pipeline/request-parameters';
import { compileSelectionExpression } from '../selection-expression';
import { Integration, IntegrationType, PassthroughBehavior } from '../store';
import { boundedNumber, required, textMap } from './values';

interface IntegrationProperties {
  readonly ApiId?: string;
  readonly IntegrationType?: string;
  readonly IntegrationUri?: string;
  readonly IntegrationMethod?: string;
  readonly ConnectionType?: string;
  readonly ContentHandlingStrategy?: string;
  readonly CredentialsArn?: string;
  readonly PassthroughBehavior?: string;
  readonly PayloadFormatVersion?: string;
  readonly RequestParameters?: Record<string, unknown>;
  readonly RequestTemplates?: Record<string, unknown>;
  readonly TemplateSelectionExpression?: string;
  readonly TimeoutInMillis?: number | string;
}

const TYPES: readonly IntegrationType[] = ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'];
const PASSTHROUGH_BEHAVIORS: readonly PassthroughBehavior[] = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'];
const MINIMUM_TIMEOUT = 50;
const MAXIMUM_TIMEOUT = 29_000;

/** AWS::ApiGatewayV2::Integration */
export function integrationType(apis: Apis, context: ServiceContext): ResourceType {
  return {
    properties: {
      used: [
        'ApiId', 'IntegrationType', 'IntegrationUri', 'IntegrationMethod', 'ConnectionType', 'ContentHandlingStrategy', 'CredentialsArn', 'PassthroughBehavior',
        'PayloadFormatVersion', 'RequestParameters', 'RequestTemplates', 'TemplateSelectionExpression', 'TimeoutInMillis',
      ],
      withoutEffect: ['Description'],
    },
    create: request => createIntegration(apis, context, request),
    delete: ({ properties }, { ref }) => apis.find(properties.ApiId)?.declare(({ integrations }) => integrations.delete(ref)),
  };
}

function createIntegration(apis: Apis, context: ServiceContext, request: ResourceRequest<IntegrationProperties>): ProvisionedResource {
  const { properties, environment } = request;
  const api = apis.get(required('ApiId', properties.ApiId));
  refuseConnectionType(properties);
  const integration: Integration = {
    id: request.generateId(7),
    type: oneOf('IntegrationType', properties.IntegrationType, TYPES),
    uri: properties.IntegrationUri ?? '',
    method: properties.IntegrationMethod ?? 'POST',
    credentialsArn: properties.CredentialsArn,
    requestParameters: textMap(properties.RequestParameters),
    requestTemplates: textMap(properties.RequestTemplates),
    templateSelectionExpression: properties.TemplateSelectionExpression,
    passthroughBehavior: oneOf('PassthroughBehavior', properties.PassthroughBehavior ?? 'WHEN_NO_MATCH', PASSTHROUGH_BEHAVIORS),
    isBodyBase64: isBodyBase64(properties),
    timeoutMilliseconds: boundedNumber('TimeoutInMillis', properties.TimeoutInMillis ?? MAXIMUM_TIMEOUT, MINIMUM_TIMEOUT, MAXIMUM_TIMEOUT),
  };
  checkExpressions(integration);
  checkTarget(integration, environment, context);
  api.declare(declaration => declaration.integrations.set(integration.id, integration));
  return { ref: integration.id, attributes: { IntegrationId: integration.id } };
}

function refuseConnectionType({ ConnectionType: connection }: IntegrationProperties): void {
  if (connection !== undefined && connection !== 'INTERNET') {
    throw new Error(`the local runtime does not emulate integrations with the connection type ${connection}`);
  }
}

/** Only to HTTP servers can be sent what is no text. What is to become text is text already, as every message is. */
function isBodyBase64({ ContentHandlingStrategy: strategy = 'CONVERT_TO_TEXT', IntegrationType: type }: IntegrationProperties): boolean {
  const isBinary = oneOf('ContentHandlingStrategy', strategy, ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']) === 'CONVERT_TO_BINARY';
  if (isBinary && type !== 'HTTP' && type !== 'HTTP_PROXY') {
    throw new Error(`the local runtime does not emulate the content handling strategy ${strategy} of integrations of the type ${type}`);
  }
  return isBinary;
}

function checkExpressions(integration: Integration): void {
  compileRequestParameters(integration.requestParameters);
  if (integration.templateSelectionExpression !== undefined) {
    compileSelectionExpression(integration.templateSelectionExpression, ['request.body']);
  }
}

function checkTarget(integration: Integration, environment: Environment, context: ServiceContext): void {
  // What a stage's variables fill in is known only there.
  const isKnown = !integration.uri.includes('${stageVariables.');
  if (integration.type === 'AWS_PROXY') {
    if (isKnown) {
      functionArnOf(integration.uri);
    }
  } else if (integration.type === 'AWS') {
    if (integration.credentialsArn === undefined && !/:lambda:path\//.test(integration.uri)) {
      throw new Error('Role ARN must be specified for AWS integrations');
    }
    if (isKnown) {
      const { service } = parseAwsUri(integration.uri, environment);
      if (!context.emulates(service)) {
        throw new Error(`the local runtime does not emulate the service "${service}", which ${integration.uri} calls`);
      }
    }
  } else if (integration.type !== 'MOCK' && isKnown && !/^https?:\/\/./.test(integration.uri)) {
    throw new Error(`"${integration.uri}" is no HTTP endpoint`);
  }
}

function oneOf<T extends string>(name: string, value: string | undefined, values: readonly T[]): T {
  const known = values.find(each => each === value);
  if (known === undefined) {
    throw new Error(`${name} has to be one of ${values.join(', ')}, not ${value}`);
  }
  return known;
}
