import aslValidator from 'asl-validator';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ChatStack } from './chat-stack';
import { Broadcast, ConnectionSweeper, DirectMessage, EventMessage, MessageValue, Presence } from '../../src';

const WORKFLOWS = ['Broadcast', 'DirectMessage', 'Presence', 'Sweeper'];

/** Everything about connections, with messages that events start, or without. */
function everything(withEvents: boolean): ChatStack {
  const stack = new ChatStack();
  const broadcast = new Broadcast(stack, 'Broadcast', stack);
  const directMessage = new DirectMessage(stack, 'DirectMessage', stack);
  const presence = new Presence(stack, 'Presence', stack);
  new ConnectionSweeper(stack, 'Sweeper', stack);
  if (withEvents) {
    presence.welcome('Welcome', directMessage, EventMessage.of({ you: MessageValue.field('detail.connectionId') }));
    broadcast.onEvent('News', { eventBus: new EventBus(stack, 'Bus'), eventPattern: { source: ['news'] } });
  }
  return stack;
}

describe.each([['with messages that events start', true], ['without', false]])('%s', (_, withEvents) => {
  const stack = everything(withEvents);

  test.each(WORKFLOWS)('the workflow of %s is valid Amazon States Language', name => {
    const definition = JSON.parse(JSON.stringify(stack.definition(`${name}Workflow`)).replaceAll('<AWS::Partition>', 'aws'));
    const result = aslValidator(definition);
    expect(result.isValid ? '' : result.errorsText()).toBe('');
  });

  test('nothing is warned of', () => {
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('there is no function, every workflow is an Express one and logs its failures without what is said', () => {
    stack.template.resourceCountIs('AWS::Lambda::Function', 0);
    stack.template.resourcePropertiesCountIs('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'EXPRESS', LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    }, WORKFLOWS.length);
  });

  test('no role may do everything of a service, and `*` is named where AWS takes nothing else', () => {
    const statements = Object.values(stack.template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions.filter((action: string) => action.includes('*'))).toEqual([]);
    const onEverything = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(onEverything.filter((action: string) => !/^logs:|^dynamodb:ListStreams$/.test(action))).toEqual([]);
  });
});
