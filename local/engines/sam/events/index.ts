/** The property `Events` of functions and state machines. */
import { EventExpansion, EventTarget, ExpandedEvents, ServerlessEvent } from './event';
import { eventSourceMapping } from './event-source-mapping';
import { eventRule, scheduleRule } from './rule';
import { schedule } from './schedule';
import { topicSubscription } from './topic-subscription';
import { isObject } from '../json';
import { ServerlessResource } from '../serverless-resource';

const COMMON: readonly [string, EventExpansion][] = [['Schedule', scheduleRule], ['ScheduleV2', schedule], ['CloudWatchEvent', eventRule], ['EventBridgeRule', eventRule]];

const EXPANSIONS: Record<EventTarget['kind'], ReadonlyMap<unknown, EventExpansion>> = {
  'state machine': new Map(COMMON),
  'function': new Map([
    ...COMMON,
    ['SNS', topicSubscription],
    ['SQS', eventSourceMapping('SQS')],
    ['DynamoDB', eventSourceMapping('DynamoDB')],
    ['Kinesis', eventSourceMapping('Kinesis')],
  ]),
};

/** What the events of a function or a state machine add to the template. */
export function expandEvents(resource: ServerlessResource, target: EventTarget): ExpandedEvents {
  const expanded = Object.entries(resource.map('Events') ?? {}).map(([name, definition]) => {
    const type = isObject(definition) ? definition.Type : undefined;
    const expand = EXPANSIONS[target.kind].get(type);
    if (!expand) resource.fail(`the local runtime does not emulate an event of type ${String(type)} of a ${target.kind}`, 'Properties', 'Events', name);
    return expand(new ServerlessEvent(resource, target, name, definition as Record<string, unknown>));
  });
  return {
    resources: Object.assign({}, ...expanded.map(({ resources }) => resources)),
    managedPolicies: [...new Set(expanded.flatMap(({ managedPolicy }) => managedPolicy === undefined ? [] : [managedPolicy]))],
  };
}
