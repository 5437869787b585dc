/** Events of an execution's history, as GetExecutionHistory and CloudWatch Logs show them. */

/** One history event. */
export class HistoryEvent {
  /**
   * @param id counts from 1
   * @param timestamp milliseconds since 1970
   */
  constructor(
    readonly id: number,
    readonly previousEventId: number,
    readonly timestamp: number,
    readonly type: string,
    private readonly describe?: () => EventDetails,
  ) {}

  /**
   * The members AWS documents for the type, JSON values as JSON texts. They are put together when they are asked for, as most readers
   * drop most events.
   */
  get details(): EventDetails | undefined {
    return this.describe?.();
  }

  toJSON(): object {
    const { id, previousEventId, timestamp, type, details } = this;
    return { id, previousEventId, timestamp, type, details };
  }
}

/** The details of one event. */
export type EventDetails = Readonly<Record<string, unknown>>;

const SHARED_MEMBERS: readonly (readonly [RegExp, string])[] = [
  [/^(Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map)StateEntered$/, 'stateEnteredEventDetails'],
  [/^(Task|Pass|Choice|Wait|Succeed|Parallel|Map)StateExited$/, 'stateExitedEventDetails'],
];

/** The member of GetExecutionHistory's event that holds the details of events of this type. */
export function detailsMember(type: string): string {
  for (const [pattern, member] of SHARED_MEMBERS) {
    if (pattern.test(type)) return member;
  }
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

/** A JSON text with its "not truncated" remark, the way event details carry inputs and outputs. */
export function jsonDetails(member: 'input' | 'output', value: unknown): EventDetails {
  return { [member]: JSON.stringify(value), [`${member}Details`]: { truncated: false } };
}
