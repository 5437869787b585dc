import { Connections } from './connections/connections';
import { invokeApiDestination } from './connections/invoke-api-destination';
import { connectionOperations } from './connections/operations';
import { connectionTypes } from './connections/resources';
import { MEMBERS } from './members';
import { busOperations } from './operations/buses';
import { permissionOperations } from './operations/permissions';
import { putEvents } from './operations/put-events';
import { ruleOperations } from './operations/rules';
import { targetOperations } from './operations/targets';
import { testEventPattern } from './operations/test-event-pattern';
import { rehearsals } from './rehearsals';
import { resourceTypes } from './resources';
import { EventBuses } from './rules/event-buses';
import { RuleDelivery } from './rules/rule-delivery';
import { Schedules } from './rules/schedules';
import { Service, ServiceContext } from '../../kernel/contracts';
import { INSISTENCE } from '../../kernel/insist';
import { awsJson } from '../../wire/aws-json';
import { MEMBER_TYPES } from '../../wire/member-types';

/** Amazon EventBridge: buses, rules and their targets. */
export function events(context: ServiceContext): Service {
  const connections = new Connections();
  const delivery = new RuleDelivery(context);
  const schedules = new Schedules(context, delivery);
  const buses = new EventBuses(context.environment, context.clock, bus => schedules.update(bus));
  return {
    name: 'events',
    protocols: [awsJson({ version: '1.1', targetPrefix: 'AWSEvents', members: MEMBERS })],
    operations: {
      PutEvents: putEvents(context, buses, delivery),
      TestEventPattern: testEventPattern(),
      ...busOperations(context, buses),
      ...ruleOperations(context, buses),
      ...targetOperations(buses),
      ...permissionOperations(buses),
      ...connectionOperations(connections),
      InvokeApiDestination: invokeApiDestination(context, connections),
    },
    resourceTypes: { ...resourceTypes(context, buses), ...connectionTypes(context, connections) },
    supports: { 'Targets of rules': ['state machine', 'SQS queue', 'SNS topic', 'Lambda function', 'event bus', 'log group', 'API destination'] },
    assumptions: [
      { about: 'The body of a message in the dead-letter queue of a rule\'s target', assumed: 'The event, before the target\'s input made something else of it.' },
      { about: 'ERROR_CODE of a message in a dead-letter queue', assumed: 'The one of the documented codes that is nearest to what the target\'s service answered.' },
      { about: 'An event that a rule hands to another bus', assumed: 'It keeps its id, and what the target\'s input makes of it is not looked at.' },
      { about: 'The log stream that a rule writes into', assumed: 'One for each rule, by the rule\'s name.' },
      { about: 'The pause before a failed delivery is tried again', assumed: 'About one second first, then twice as long each time, up to an hour.' },
      { about: 'A number of more digits than a double has, in an event on a bus', assumed: 'The digits are lost before patterns see it; TestEventPattern sees them.' },
      { about: 'An event that holds a path twice, such as `{"a.b": 1, "a": {"b": 2}}`', assumed: 'The field has the values of both, as for event-ruler 1.8; the finder that came with 2.0 misses some of them.' },
      { about: 'A connection whose credentials lie in a secret of Secrets Manager', assumed: 'The reference itself is sent: there is no secret here.' },
      { about: 'When PutRule and PutTargets take effect', assumed: 'At once; AWS asks for a short while.' },
      INSISTENCE,
      MEMBER_TYPES,
    ],
    rehearsals: () => rehearsals(context, buses),
    stop: () => {
      schedules.stop();
      delivery.stop();
    },
  };
}
