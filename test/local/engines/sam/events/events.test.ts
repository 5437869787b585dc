import { refusal, transform, trusted } from '../helpers';

const flow = (events: object, properties: object = {}, attributes: object = {}) => ({ Flow: { Type: 'AWS::Serverless::StateMachine', ...attributes, Properties: { Definition: {}, Role: 'arn:r', Events: events, ...properties } } });
const fn = (events: object) => ({ F: { Type: 'AWS::Serverless::Function', Properties: { Runtime: 'r', Handler: 'h', InlineCode: 'x', Role: 'arn:r', Events: events } } });

test('a rule starts a state machine with a role of its own', () => {
  const { Flow: _, ...resources } = transform(flow(
    { Placed: { Type: 'EventBridgeRule', Properties: { EventBusName: 'shop', Pattern: { source: ['a'] }, InputPath: '$.detail', RetryPolicy: { MaximumRetryAttempts: 1 } } } },
    { PermissionsBoundary: 'arn:b' }, { Condition: 'C' },
  ));
  expect(resources).toEqual({
    FlowPlaced: {
      Type: 'AWS::Events::Rule',
      Condition: 'C',
      Properties: {
        EventBusName: 'shop',
        EventPattern: { source: ['a'] },
        Targets: [{
          Id: 'FlowPlacedStepFunctionsTarget', Arn: { Ref: 'Flow' }, RoleArn: { 'Fn::GetAtt': ['FlowPlacedRole', 'Arn'] }, InputPath: '$.detail', RetryPolicy: { MaximumRetryAttempts: 1 },
        }],
      },
    },
    FlowPlacedRole: {
      Type: 'AWS::IAM::Role',
      Condition: 'C',
      Properties: {
        AssumeRolePolicyDocument: trusted('events.amazonaws.com'),
        Policies: [{ PolicyName: 'FlowPlacedRoleStartExecutionPolicy', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: 'Flow' } }] } }],
        PermissionsBoundary: 'arn:b',
      },
    },
  });
});

test('a rule starts a function by permission', () => {
  const { F: _, ...resources } = transform(fn({ Tick: { Type: 'Schedule', Properties: { Schedule: 'rate(1 minute)', Enabled: false, Input: '{}' } } }));
  expect(resources).toEqual({
    FTick: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', Targets: [{ Id: 'FTickLambdaTarget', Arn: { 'Fn::GetAtt': ['F', 'Arn'] }, Input: '{}' }] },
    },
    FTickPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'F' }, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['FTick', 'Arn'] } },
    },
  });
});

test('a dead-letter queue is made with the rule, which alone may send to it', () => {
  const resources = transform(flow({ Tick: { Type: 'Schedule', Properties: { Schedule: 'rate(1 minute)', RoleArn: 'arn:own', DeadLetterConfig: { Type: 'SQS' } } } }));
  expect(Object.keys(resources)).toEqual(['Flow', 'FlowTick', 'FlowTickQueue', 'FlowTickQueuePolicy']);
  expect(resources.FlowTick.Properties.Targets[0]).toMatchObject({ RoleArn: 'arn:own', DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['FlowTickQueue', 'Arn'] } } });
  expect(resources.FlowTickQueuePolicy.Properties).toMatchObject({
    Queues: [{ Ref: 'FlowTickQueue' }],
    PolicyDocument: { Statement: [{ Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['FlowTick', 'Arn'] } } } }] },
  });
});

test('a long name leaves room for the end of the target\'s', () => {
  const name = 'E'.repeat(60);
  expect(transform(flow({ [name]: { Type: 'EventBridgeRule' } }))[`Flow${name}`].Properties.Targets[0].Id).toBe(`Flow${'E'.repeat(41)}StepFunctionsTarget`);
});

test('a schedule of EventBridge Scheduler', () => {
  const { Flow: _, ...resources } = transform(flow({ Tick: { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(5 minutes)', DeadLetterConfig: { Arn: 'arn:q' } } } }));
  expect(resources).toEqual({
    FlowTick: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'FlowTick',
        ScheduleExpression: 'rate(5 minutes)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: { Ref: 'Flow' }, RoleArn: { 'Fn::GetAtt': ['FlowTickRole', 'Arn'] }, DeadLetterConfig: { Arn: 'arn:q' } },
      },
    },
    FlowTickRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trusted('scheduler.amazonaws.com'),
        Policies: [
          { PolicyName: 'FlowTickStartExecutionPolicy', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: 'Flow' } }] } },
          { PolicyName: 'FlowTickSQSPolicy', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:q' }] } },
        ],
      },
    },
  });
});

test('a topic and a queue of a function', () => {
  const { FNote, FNotePermission, FPoll } = transform(fn({
    Note: { Type: 'SNS', Properties: { Topic: 'arn:t', FilterPolicy: { a: ['b'] } } }, Poll: { Type: 'SQS', Properties: { Queue: 'arn:q', BatchSize: 5, Enabled: false } },
  }));
  expect(FNote).toEqual({ Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'lambda', TopicArn: 'arn:t', Endpoint: { 'Fn::GetAtt': ['F', 'Arn'] }, FilterPolicy: { a: ['b'] } } });
  expect(FNotePermission.Properties).toMatchObject({ Principal: 'sns.amazonaws.com', SourceArn: 'arn:t' });
  expect(FPoll).toEqual({ Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'arn:q', FunctionName: { Ref: 'F' }, BatchSize: 5, Enabled: false } });
});

test.each<[string, object, string]>([
  ['a schedule without its expression', { E: { Type: 'Schedule' } }, "Event with id [E] is invalid. Missing required property 'Schedule'."],
  ['a state twice', { E: { Type: 'Schedule', Properties: { Schedule: 'x', State: 'ENABLED', Enabled: true } } }, 'Event with id [E] is invalid. State and Enabled Properties cannot both be specified.'],
  ['two queues', { E: { Type: 'EventBridgeRule', Properties: { DeadLetterConfig: { Arn: 'x', Type: 'SQS' } } } }, "Event with id [E] is invalid. You can either define 'Arn' or 'Type' property of DeadLetterConfig."],
  ['no queue', { E: { Type: 'EventBridgeRule', Properties: { DeadLetterConfig: {} } } }, "Event with id [E] is invalid. No 'Arn' or 'Type' property provided for DeadLetterConfig."],
  ['another kind of queue', { E: { Type: 'EventBridgeRule', Properties: { DeadLetterConfig: { Type: 'SNS' } } } }, "Event with id [E] is invalid. The only valid value for 'Type' property of DeadLetterConfig is 'SQS'."],
  ['a property that is not run', { E: { Type: 'EventBridgeRule', Properties: { Colour: 1 } } }, 'Event with id [E] is invalid. the local runtime does not emulate the property Colour of this type of event'],
  ['a name that is omitted and given', { E: { Type: 'ScheduleV2', Properties: { Name: 'x', OmitName: true } } }, 'Event with id [E] is invalid. Name cannot be set when OmitName is True'],
  ['an event of a REST API', { E: { Type: 'Api' } }, 'the local runtime does not emulate an event of type Api of a state machine'],
])('%s is refused', (_, events, message) => {
  expect(refusal(flow(events))).toMatchObject({ message, logicalId: 'Flow', path: expect.stringMatching(/^Properties\.Events\.E/) });
});
