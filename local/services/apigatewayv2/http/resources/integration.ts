import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../../kernel/contracts';
import { boundedNumber, required, textMap } from '../../resources/values';
import { HttpIntegration, ResponseParameter } from '../declaration';
import { HttpApis } from '../http-apis';
import { compileParameters } from '../integrations/first-class';
import { apiFunctionArnOf } from '../integrations/function-uri';
import { checkUri } from '../integrations/http-proxy';
import { compileRequestChanges } from '../integrations/request-changes';
import { compileResponseMapping } from '../integrations/response-parameters';
import { subtypeOf } from '../integrations/subtypes';

interface HttpIntegrationProperties {
  readonly ApiId?: string;
  readonly IntegrationType?: string;
  readonly IntegrationSubtype?: string;
  readonly IntegrationUri?: string;
  readonly IntegrationMethod?: string;
  readonly ConnectionType?: string;
  readonly CredentialsArn?: string;
  readonly PayloadFormatVersion?: string;
  readonly RequestParameters?: Record<string, unknown>;
  readonly ResponseParameters?: Record<string, { readonly ResponseParameters?: ReadonlyArray<{ readonly Destination?: string; readonly Source?: string }> }>;
  readonly TimeoutInMillis?: number | string;
}

const MINIMUM_TIMEOUT = 50;
const MAXIMUM_TIMEOUT = 30_000;

/** AWS::ApiGatewayV2::Integration of an HTTP API */
export function httpIntegrationType(apis: HttpApis, context: ServiceContext): ResourceType {
  return {
    properties: {
      used: [
        'ApiId', 'IntegrationType', 'IntegrationSubtype', 'IntegrationUri', 'IntegrationMethod', 'ConnectionType', 'CredentialsArn', 'PayloadFormatVersion',
        'RequestParameters', 'ResponseParameters', 'TimeoutInMillis',
      ],
      withoutEffect: ['Description'],
    },
    create: request => createIntegration(apis, context, request),
    delete: ({ properties }, { ref }) => apis.find(properties.ApiId)?.declare(({ integrations }) => integrations.delete(ref)),
  };
}

function createIntegration(apis: HttpApis, context: ServiceContext, request: ResourceRequest<HttpIntegrationProperties>): ProvisionedResource {
  const { properties } = request;
  const api = apis.get(required('ApiId', properties.ApiId));
  const integration: HttpIntegration = {
    id: request.generateId(7),
    type: typeOf(properties),
    subtype: properties.IntegrationSubtype,
    uri: properties.IntegrationUri ?? '',
    method: properties.IntegrationMethod ?? '',
    payloadFormatVersion: versionOf(properties),
    credentialsArn: properties.CredentialsArn,
    requestParameters: textMap(properties.RequestParameters),
    responseParameters: responseParametersOf(properties),
    timeoutMilliseconds: boundedNumber('TimeoutInMillis', properties.TimeoutInMillis ?? MAXIMUM_TIMEOUT, MINIMUM_TIMEOUT, MAXIMUM_TIMEOUT),
  };
  compileResponseMapping(integration.responseParameters);
  checkTarget(integration, request, context);
  api.declare(({ integrations }) => integrations.set(integration.id, integration));
  return { ref: integration.id, attributes: { IntegrationId: integration.id } };
}

function typeOf({ IntegrationType: type, ConnectionType: connection, IntegrationSubtype: subtype }: HttpIntegrationProperties): HttpIntegration['type'] {
  if (type !== 'AWS_PROXY' && type !== 'HTTP_PROXY') {
    throw new Error('Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)');
  }
  if (connection !== undefined && connection !== 'INTERNET') {
    throw new Error(`the local runtime does not emulate integrations with the connection type ${connection}`);
  }
  if (type === 'HTTP_PROXY' && subtype !== undefined) {
    throw new Error('IntegrationSubtype is for integrations of the type AWS_PROXY');
  }
  return type;
}

/** Only functions are told requests in more than one way. */
function versionOf({ PayloadFormatVersion: version = '1.0', IntegrationSubtype: subtype, IntegrationType: type }: HttpIntegrationProperties) {
  const isOfFunction = type === 'AWS_PROXY' && subtype === undefined;
  if (version !== '1.0' && (version !== '2.0' || !isOfFunction)) {
    throw new Error(`PayloadFormatVersion has to be 1.0${isOfFunction ? ' or 2.0' : ''}, not ${version}`);
  }
  return version;
}

function responseParametersOf({ ResponseParameters: byStatus = {} }: HttpIntegrationProperties): Map<string, ResponseParameter[]> {
  return new Map(Object.entries(byStatus).map(([status, { ResponseParameters: parameters = [] }]) => [
    status, parameters.map(({ Destination: destination, Source: source = '' }) => ({ destination: required('Destination', destination), source })),
  ]));
}

function checkTarget(integration: HttpIntegration, request: ResourceRequest, context: ServiceContext): void {
  const { type, subtype, uri, method, requestParameters, credentialsArn } = integration;
  if (subtype !== undefined) {
    checkFirstClass(integration, request, context);
  } else if (type === 'HTTP_PROXY') {
    checkUri(uri);
    compileRequestChanges(requestParameters);
    required('IntegrationMethod', method || undefined);
    if (credentialsArn !== undefined) {
      throw new Error('the local runtime does not emulate CredentialsArn of integrations of the type HTTP_PROXY');
    }
  } else {
    checkFunction(integration, context);
  }
}

function checkFunction({ uri, method, requestParameters, credentialsArn }: HttpIntegration, context: ServiceContext): void {
  if (method !== '' && method !== 'POST') {
    throw new Error('HttpMethod must be POST for AWS_PROXY IntegrationType');
  }
  if (requestParameters.size > 0) {
    throw new Error('the local runtime does not emulate RequestParameters of integrations with Lambda functions');
  }
  if (credentialsArn?.endsWith(':user/*')) {
    throw new Error(`the local runtime does not emulate calls with the caller's own credentials (${credentialsArn})`);
  }
  if (!context.emulates('lambda')) {
    throw new Error('the local runtime does not emulate the service "lambda"');
  }
  if (!uri.includes('${stageVariables.')) {
    apiFunctionArnOf(uri, {});
  }
}

function checkFirstClass({ subtype, credentialsArn, requestParameters }: HttpIntegration, { environment }: ResourceRequest, context: ServiceContext): void {
  const { service } = subtypeOf(subtype!);
  if (credentialsArn === undefined) {
    throw new Error(`CredentialsArn is required for the integration subtype ${subtype}`);
  }
  if (!context.emulates(service)) {
    throw new Error(`the local runtime does not emulate the service "${service}", which ${subtype} calls`);
  }
  compileParameters(subtype!, requestParameters, environment.region);
}
