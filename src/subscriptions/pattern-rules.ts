import { Duration, Names, Stack } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IEventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { RuleOptions } from './rule-states';
import { ruleSweepWorkflow } from './rule-sweep-workflow';
import { sendLetters } from '../workflows/dead-letter-queue';
import { substitutedWorkflow } from '../workflows/express-workflow';
import { scheduleRetry } from '../workflows/retry';

export interface PatternRulesProps {
  readonly table: ITable;
  readonly eventBus: IEventBus;
  readonly limit: number;
  readonly target: IStateMachine;
  readonly role: IRole;
  readonly deadLetterQueue: IQueue;
  /** Of the sweep's failures. */
  readonly logGroup: ILogGroup;
}

/** The rules that clients make, one for each distinct pattern, and what takes away those that nobody needs any more. */
export class PatternRules extends Construct {
  /** As the subscription workflow takes it, with names in the places of `substitutions`. */
  readonly options: RuleOptions;
  readonly substitutions: Record<string, string>;
  readonly sweep: StateMachine;
  readonly schedule: Rule;
  private readonly ruleArns: string[];

  constructor(scope: Construct, id: string, private readonly props: PatternRulesProps) {
    super(scope, id);
    const { eventBus, table } = props;
    const namePrefix = Names.uniqueResourceName(this, { maxLength: 30, separator: '-' });
    this.options = {
      namePrefix, limit: props.limit, eventBusName: '${EventBusName}', targetArn: '${DeliveryWorkflowArn}', roleArn: '${RuleRoleArn}', deadLetterQueueArn: '${DeadLetterQueueArn}',
    };
    this.substitutions = {
      EventBusName: eventBus.eventBusName,
      DeliveryWorkflowArn: props.target.stateMachineArn,
      RuleRoleArn: props.role.roleArn,
      DeadLetterQueueArn: props.deadLetterQueue.queueArn,
    };
    // The ARN of a rule of the default bus does not name the bus.
    const arn = (resourceName: string) => Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName });
    this.ruleArns = [arn(`${eventBus.eventBusName}/${namePrefix}-*`), arn(`${namePrefix}-*`)];

    props.deadLetterQueue.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [props.deadLetterQueue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': this.ruleArns } },
    }));
    this.sweep = substitutedWorkflow(this, 'Sweep', props.logGroup, ruleSweepWorkflow({
      tableName: '${TableName}', partition: '${Partition}', namePrefix, eventBusName: '${EventBusName}', deadLetterQueueUrl: '${DeadLetterQueueUrl}',
    }), {
      TableName: table.tableName, Partition: Stack.of(this).partition, EventBusName: eventBus.eventBusName, DeadLetterQueueUrl: props.deadLetterQueue.queueUrl,
    });
    this.sweep.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], resources: [table.tableArn] }));
    this.sweep.addToRolePolicy(new PolicyStatement({ actions: ['events:RemoveTargets', 'events:DeleteRule'], resources: this.ruleArns }));
    sendLetters(props.deadLetterQueue).forEach(statement => this.sweep.addToRolePolicy(statement));
    const interval = Duration.minutes(15);
    this.schedule = new Rule(this, 'Schedule', {
      schedule: Schedule.rate(interval),
      targets: [new SfnStateMachine(this.sweep, { ...scheduleRetry(interval), deadLetterQueue: props.deadLetterQueue })],
    });
  }

  /** Allows a workflow to make rules, with the role that the rules have. */
  grantMake(workflow: StateMachine): void {
    workflow.addToRolePolicy(new PolicyStatement({ actions: ['events:PutRule', 'events:PutTargets'], resources: this.ruleArns }));
    workflow.addToRolePolicy(new PolicyStatement({
      actions: ['iam:PassRole'], resources: [this.props.role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' } },
    }));
  }
}
