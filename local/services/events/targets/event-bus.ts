import { callerOf, TargetKind } from './target-kind';
import { FORWARDED } from '../rules/forwarded';

/** Another bus, which gets the event itself. */
export const eventBus: TargetKind = {
  arn: /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\//,
  send: async handover => {
    const { event, target } = handover;
    const entry = { EventBusName: target.Arn, Source: event.source, DetailType: event['detail-type'], Detail: JSON.stringify(event.detail) };
    return handover.context.invoke({ principal: callerOf(handover), service: 'events', operation: 'PutEvents', input: { Entries: [entry], [FORWARDED]: event } });
  },
};
