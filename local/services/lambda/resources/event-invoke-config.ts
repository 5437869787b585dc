import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { checkDestination } from '../asynchronous/destination';
import { DEFAULT_EVENT_INVOKE_SETTINGS } from '../asynchronous/event-invoke-settings';
import { Functions } from '../functions';
import { LATEST } from '../lambda-function';

interface EventInvokeConfigProperties {
  readonly FunctionName?: string;
  readonly Qualifier?: string;
  readonly MaximumRetryAttempts?: number | string;
  readonly MaximumEventAgeInSeconds?: number | string;
  readonly DestinationConfig?: { readonly OnSuccess?: { readonly Destination?: string }; readonly OnFailure?: { readonly Destination?: string } };
}

/** AWS::Lambda::EventInvokeConfig */
export function eventInvokeConfigType(functions: Functions, context: ServiceContext): ResourceType {
  const settle = ({ properties, environment, generateId }: ResourceRequest<EventInvokeConfigProperties>): ProvisionedResource => {
    const { FunctionName: name, DestinationConfig: destinations } = properties;
    const onSuccessArn = destinations?.OnSuccess?.Destination;
    const onFailureArn = destinations?.OnFailure?.Destination;
    [onSuccessArn, onFailureArn].forEach(arn => arn !== undefined && checkDestination(context, arn));
    functions.get(name, environment).eventInvokeSettings.set(qualifierOf(properties), {
      maximumRetryAttempts: Number(properties.MaximumRetryAttempts ?? DEFAULT_EVENT_INVOKE_SETTINGS.maximumRetryAttempts),
      maximumEventAgeSeconds: Number(properties.MaximumEventAgeInSeconds ?? DEFAULT_EVENT_INVOKE_SETTINGS.maximumEventAgeSeconds),
      onSuccessArn,
      onFailureArn,
    });
    return { ref: generateId(32) };
  };
  return {
    properties: { used: ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'] },
    create: settle,
    update: settle,
    replacedBy: ['FunctionName', 'Qualifier'],
    delete: ({ properties }) => {
      functions.peek(functions.reference(properties.FunctionName))?.eventInvokeSettings.delete(qualifierOf(properties));
    },
  };
}

/** An invocation that names no version has the settings of the latest. */
function qualifierOf({ Qualifier: qualifier = LATEST }: EventInvokeConfigProperties): string {
  return qualifier === LATEST ? '' : qualifier;
}
