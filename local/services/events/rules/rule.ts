import { Target } from './target';
import { EventPattern } from '../../../engines/event-pattern';
import { InvalidScheduleExpressionError, parseScheduleExpression, ScheduleExpression } from '../../../engines/schedule-expression';
import { compilePattern } from '../compile-pattern';
import { invalid, violation } from '../errors';

/** What a rule is set to, as PutRule and templates name it. */
export interface RuleSettings {
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
}

const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];
const NAME = /^[.\-_A-Za-z0-9]+$/;
const MAXIMUM_NAME_LENGTH = 64;
const MAXIMUM_DESCRIPTION_LENGTH = 512;

/** Which events go where. A rule that is changed is another object, with the same targets. */
export class Rule {
  readonly pattern?: EventPattern;
  readonly schedule?: ScheduleExpression;
  readonly isEnabled: boolean;

  constructor(
    readonly name: string,
    readonly arn: string,
    readonly settings: RuleSettings,
    /** When its schedule began, from which a rate counts. */
    readonly startedAt: number,
    /** By id. */
    readonly targets: Map<string, Target> = new Map(),
  ) {
    const { EventPattern: pattern, ScheduleExpression: schedule, State: state = 'ENABLED', Description: description } = settings;
    if (!pattern && !schedule) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (!STATES.includes(state)) {
      throw violation(state, 'state', `satisfy enum value set: [${STATES.join(', ')}]`);
    }
    if (description !== undefined && description.length > MAXIMUM_DESCRIPTION_LENGTH) {
      throw violation(description, 'description', `have length less than or equal to ${MAXIMUM_DESCRIPTION_LENGTH}`);
    }
    this.pattern = pattern ? compilePattern(pattern) : undefined;
    this.schedule = schedule ? compileSchedule(schedule) : undefined;
    this.isEnabled = state !== 'DISABLED';
  }

  /** Whether its pattern has a wildcard, of which a bus takes but a few. */
  get hasWildcard(): boolean {
    return this.pattern?.rules.some(conditions => conditions.some(({ tests }) => tests.some(isWildcard))) ?? false;
  }
}

/** Checks the name of a rule. */
export function checkRuleName(name: unknown): asserts name is string {
  if (name === undefined || name === null) {
    throw violation(null, 'name', 'not be null');
  }
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw violation(name, 'name', 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  }
  if (name.length > MAXIMUM_NAME_LENGTH) {
    throw violation(name, 'name', `have length less than or equal to ${MAXIMUM_NAME_LENGTH}`);
  }
}

function compileSchedule(text: string): ScheduleExpression {
  try {
    const schedule = parseScheduleExpression(text);
    if (schedule.kind !== 'at') {
      return schedule;
    }
  } catch (error) {
    if (!(error instanceof InvalidScheduleExpressionError)) {
      throw error;
    }
  }
  // `at` is for EventBridge Scheduler.
  throw invalid('Parameter ScheduleExpression is not valid.');
}

function isWildcard(test: EventPattern['rules'][number][number]['tests'][number]): boolean {
  return test.kind === 'wildcard' || (test.kind === 'anything-but' && test.tests.some(isWildcard));
}
