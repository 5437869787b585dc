import { EventBuses } from './rules/event-buses';
import { EventEnvelope } from './rules/event-envelope';
import { targetKind } from './targets';
import { Rehearsal, ServiceContext } from '../../kernel/contracts';

/** The calls that rules make to their targets. */
export function* rehearsals(context: ServiceContext, buses: EventBuses): Generator<Rehearsal> {
  for (const bus of buses.all()) {
    for (const rule of bus.rules.values()) {
      for (const { definition } of rule.targets.values()) {
        const send = () => targetKind(definition.Arn).send({ context, ruleArn: rule.arn, target: definition, body: '{}', event: SAMPLE });
        yield { by: `rule ${rule.name}, target ${definition.Id}`, call: send };
      }
    }
  }
}

const SAMPLE: EventEnvelope = { 'version': '0', 'id': '', 'detail-type': '', 'source': '', 'account': '', 'time': '', 'region': '', 'resources': [], 'detail': {} };
