import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { ApiKeys } from '../api-keys';
import { boundedNumber, required } from './values';

interface UsagePlanProperties {
  readonly ApiStages?: ReadonlyArray<{ readonly ApiId?: string; readonly Stage?: string; readonly Throttle?: unknown }>;
  readonly Throttle?: { readonly RateLimit?: number | string; readonly BurstLimit?: number | string };
}

/** AWS::ApiGateway::UsagePlan */
export function usagePlanType(apiKeys: ApiKeys): ResourceType {
  const settle = ({ properties, generateId }: ResourceRequest<UsagePlanProperties>): ProvisionedResource => {
    const { ApiStages: stages = [], Throttle: throttle } = properties;
    if (stages.some(stage => stage.Throttle !== undefined)) {
      throw new Error('the local runtime does not emulate the throttles of a usage plan\'s single methods (ApiStages.Throttle)');
    }
    const id = generateId(6);
    apiKeys.addPlan({
      id,
      stages: new Set(stages.map(({ ApiId: apiId, Stage: stage }) => `${required('ApiId', apiId)}/${required('Stage', stage)}`)),
      throttle: throttle && {
        rate: boundedNumber('RateLimit', throttle.RateLimit ?? 0, 0, Number.MAX_SAFE_INTEGER),
        burst: boundedNumber('BurstLimit', throttle.BurstLimit ?? 0, 0, Number.MAX_SAFE_INTEGER),
      },
    });
    return { ref: id, attributes: { Id: id } };
  };
  return {
    // A quota is refused: nobody counts days here.
    properties: { used: ['ApiStages', 'Throttle'], withoutEffect: ['Description', 'Tags', 'UsagePlanName'] },
    create: settle,
    update: settle,
    delete: (_, { ref }) => apiKeys.deletePlan(ref),
  };
}
