import { Rule, RuleTargetInput, RuleTargetInputProperties } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { EventSource } from './event-source';
import { MonitoredRule } from '../monitoring/monitored';
import { InvalidValueError } from '../validation/invalid-value-error';
import { DeadLetter, FAILURE, OWN_INPUT, sendDeadLetter } from '../workflows/dead-letter';
import { States } from '../workflows/jsonata-state';
import { RULE_RETRY } from '../workflows/retry';

/** JSONata: what is wrong with an event that names no template. */
const UNKNOWN = "'No rule of this workflow is called ' & $string($template) & '.'";

/** What may stand in the name of a state, which has 80 characters at most, and in a rule's template, where EventBridge looks for its variables between < and >. */
const EVENT_ID = /^[^<>"\\\p{Cc}]{1,70}$/u;

/** What the workflow takes from an event: arguments of a state, where `$event` is the event. */
type Template = Record<string, unknown>;

/**
 * The events that start a workflow, and what it takes from each.
 *
 * A rule's own transformer places values as texts, without a thought for quotes in them: the whole event goes to the workflow instead.
 */
export class EventTemplates {
  /** What starts the workflow. */
  readonly rules: MonitoredRule[] = [];

  private readonly templates = new Map<string, Template>();

  /** Starts a workflow for each event. `id` tells the workflow which template it is. */
  add(scope: Construct, id: string, source: EventSource, workflow: StateMachine, template: Template, deadLetterQueue: IQueue): Rule {
    if (!EVENT_ID.test(id)) {
      throw new InvalidValueError('eventId', `onEvent('${id}', …) names a state of the workflow, and stands in the rule: it has 70 characters at most, none of which is < > " or \\.`);
    }
    if (JSON.stringify(template).includes('$states.input')) {
      throw new InvalidValueError('noSubscription', `The message of ${scope.node.path}/${id} asks for a subscription, and none is behind it: use MessageValue.event() and MessageValue.field().`);
    }
    const { eventBus, eventPattern } = source;
    const targets = [new SfnStateMachine(workflow, { ...RULE_RETRY, deadLetterQueue, input: new WholeEvent(id) })];
    const rule = new Rule(scope, id, { eventBus, eventPattern, targets });
    this.rules.push({ rule, eventBus });
    this.templates.set(id, template);
    return rule;
  }

  /**
   * States from `Start` on, which assign what the event's template says, and more, and go on to `next`; an input without an event goes to `otherwise`. An event that
   * nothing can be made of becomes a letter.
   */
  states(more: object, next: string, otherwise: string, letter: Pick<DeadLetter, 'partition' | 'queueUrl' | 'hop'>): States {
    const templates = [...this.templates];
    if (templates.length === 0) {
      return { Start: { Type: 'Pass', Next: otherwise } };
    }
    const names = Object.keys(templates[0][1]);
    return {
      Start: { Type: 'Choice', Choices: [{ Condition: '{% $exists($states.input.template) %}', Next: 'FromEvent' }], Default: otherwise },
      // A Map, whose Catch takes what expressions fail with: other states that hold no more than those have none.
      FromEvent: {
        Type: 'Map',
        Items: '{% [$states.input] %}',
        ItemProcessor: {
          StartAt: 'Event',
          States: {
            Event: { Type: 'Pass', Assign: { event: '{% $states.input.event %}', template: '{% $states.input.template %}' }, Next: 'Template' },
            Template: {
              Type: 'Choice',
              Choices: templates.map(([id]) => ({ Condition: `{% $template = ${JSON.stringify(id)} %}`, Next: `Template ${id}` })),
              Default: 'UnknownTemplate',
            },
            ...Object.fromEntries(templates.map(([id, template]) => [`Template ${id}`, { Type: 'Pass', Output: template, End: true }])),
            // Its rule has gone since, or has another name.
            UnknownTemplate: { Type: 'Fail', Error: 'UnknownTemplate', Cause: `{% ${UNKNOWN} %}` },
          },
        },
        Assign: { ...Object.fromEntries(names.map(name => [name, `{% $states.result[0].${name} %}`])), ...more },
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failure: FAILURE }, Next: 'EventNotUsed' }],
        Next: next,
      },
      EventNotUsed: sendDeadLetter({ ...letter, body: OWN_INPUT, code: '$failure.error', reason: '$failure' }, 'NothingToSend'),
      NothingToSend: { Type: 'Fail', Error: '{% $failure.error %}', Cause: '{% $failure.cause %}' },
    };
  }
}

/** The whole event, and which template it is for. */
class WholeEvent extends RuleTargetInput {
  constructor(private readonly template: string) {
    super();
  }

  bind(): RuleTargetInputProperties {
    return { inputTemplate: `{"template":${JSON.stringify(this.template)},"event":<aws.events.event.json>}` };
  }
}
