import { ScheduleExpression } from '../../engines/schedule-expression';
import { Environment } from '../../kernel/contracts';

/** What a schedule calls. */
export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number | string; readonly MaximumEventAgeInSeconds?: number | string };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

/** A schedule as templates and CreateSchedule give it. */
export interface ScheduleProperties {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly Description?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: string | number;
  readonly EndDate?: string | number;
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly FlexibleTimeWindow: { readonly Mode: 'OFF' | 'FLEXIBLE'; readonly MaximumWindowInMinutes?: number | string };
  readonly Target: ScheduleTarget;
  readonly ActionAfterCompletion?: 'NONE' | 'DELETE';
}

/** A schedule that has been checked. */
export interface Schedule {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly groupArn: string;
  readonly environment: Environment;
  readonly properties: ScheduleProperties;
  readonly expression: ScheduleExpression;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** When it may begin and has to end, in milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** An invocation is delayed by chance, by less than this. */
  readonly windowMilliseconds: number;
}
