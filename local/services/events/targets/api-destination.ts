import { callerOf, TargetKind } from './target-kind';

/** A place that is reached over HTTP, with the credentials of its connection. */
export const apiDestination: TargetKind = {
  arn: /^arn:[^:]+:events:[^:]*:[^:]*:api-destination\//,
  needsRole: true,
  parameters: ['HttpParameters'],
  send: async handover => handover.context.invoke({
    principal: callerOf(handover),
    service: 'events',
    operation: 'InvokeApiDestination',
    input: { ApiDestinationArn: handover.target.Arn, HttpParameters: handover.target.HttpParameters, Body: handover.body },
  }),
};
