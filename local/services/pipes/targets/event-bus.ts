import { Target } from './target';
import { pipeParameter } from '../../../engines/input-transformer';
import { AwsError } from '../../../kernel/aws-error';

interface Parameters {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Resources?: readonly string[];
  readonly Time?: string;
}

const MOST_ENTRIES = 10;

/** A bus: each event of the batch becomes one of its own. */
export const eventBus: Target = {
  arn: /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\/.+$/,
  parameters: ['EventBridgeEventBusParameters'],

  async send(context, pipe, principal, messages) {
    const parameters: Parameters = pipe.targetParameters.EventBridgeEventBusParameters ?? {};
    const { Source: source, DetailType: detailType, Resources: resources = [], Time: time } = parameters;
    const entries = messages.map(({ event, input }) => {
      const fill = (value: string | undefined) => value === undefined ? undefined : pipeParameter(value, event);
      return {
        EventBusName: pipe.target,
        Source: fill(source) ?? `Pipe ${pipe.name}`,
        DetailType: fill(detailType) ?? `Event from ${String(event.eventSource)}`,
        Detail: JSON.stringify(input),
        Resources: resources.flatMap(resource => fill(resource) ?? []),
        Time: fill(time),
      };
    });
    for (let first = 0; first < entries.length; first += MOST_ENTRIES) {
      const answer = await context.invoke({ principal, service: 'events', operation: 'PutEvents', input: { Entries: entries.slice(first, first + MOST_ENTRIES) } });
      const failed = (answer as { Entries: Array<{ ErrorCode?: string; ErrorMessage?: string }> }).Entries.find(({ ErrorCode: code }) => code !== undefined);
      if (failed) {
        throw new AwsError(failed.ErrorCode!, failed.ErrorMessage ?? '');
      }
    }
  },
};
