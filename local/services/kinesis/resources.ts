import { Streams } from './streams/streams';
import { ResourceRequest, ResourceType } from '../../kernel/contracts';

interface StreamProperties {
  readonly Name?: string;
  readonly ShardCount?: number | string;
  readonly RetentionPeriodHours?: number | string;
  readonly StreamModeDetails?: { readonly StreamMode: string };
}

/** What an on-demand stream begins with. */
const ON_DEMAND_SHARDS = 4;

/** How streams come into being. */
export function resourceTypes(streams: Streams): Record<string, ResourceType> {
  return {
    'AWS::Kinesis::Stream': {
      properties: {
        used: ['Name', 'ShardCount', 'RetentionPeriodHours', 'StreamModeDetails'],
        withoutEffect: ['StreamEncryption', 'Tags', 'DesiredShardLevelMetrics'],
      },
      create: ({ properties, generateName }: ResourceRequest<StreamProperties>) => {
        const { Name: name = generateName(128), RetentionPeriodHours: hours = 24, StreamModeDetails: mode } = properties;
        const isOnDemand = mode?.StreamMode === 'ON_DEMAND';
        const stream = streams.create(name, {
          shardCount: isOnDemand ? ON_DEMAND_SHARDS : wholeNumber('ShardCount', properties.ShardCount ?? 1, 1, 10_000),
          retentionHours: wholeNumber('RetentionPeriodHours', hours, 24, 8760),
          isOnDemand,
        });
        return { ref: name, attributes: { Arn: stream.arn } };
      },
      delete: (_, { ref }) => streams.delete(ref),
    },
  };
}

function wholeNumber(name: string, value: number | string, minimum: number, maximum: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < minimum || number > maximum) {
    throw new Error(`${name} has to be a whole number from ${minimum} to ${maximum}, and not ${JSON.stringify(value)}`);
  }
  return number;
}
