import { Pipe } from './pipe';
import { Pipes, sourceOf, targetOf } from './pipes';
import { compileEventPattern } from '../../engines/event-pattern';
import { compilePipeInput } from '../../engines/input-transformer';
import { ResourceRequest, ResourceType, ServiceContext } from '../../kernel/contracts';

interface BatchParameters {
  readonly BatchSize?: number | string;
  readonly StartingPosition?: string;
  readonly MaximumRetryAttempts?: number | string;
  readonly MaximumRecordAgeInSeconds?: number | string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

interface PipeProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly DesiredState?: string;
  readonly RoleArn: string;
  readonly Source: string;
  readonly SourceParameters?: Readonly<Record<string, any>>;
  readonly Target: string;
  readonly TargetParameters?: Readonly<Record<string, any>>;
}

/** What decides only when batches are made, and how many at a time: a batch here is what there is at the moment. */
const BATCH_WITHOUT_EFFECT = ['MaximumBatchingWindowInSeconds', 'ParallelizationFactor'];
const BATCH_USED = ['BatchSize', 'StartingPosition', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'DeadLetterConfig'];

/** AWS::Pipes::Pipe */
export function pipeType(context: ServiceContext, pipes: Pipes): ResourceType {
  return {
    properties: {
      used: ['Name', 'Description', 'DesiredState', 'RoleArn', 'Source', 'SourceParameters', 'Target', 'TargetParameters'],
      withoutEffect: ['KmsKeyIdentifier', 'LogConfiguration', 'Tags'],
    },
    create: request => {
      const pipe = pipeOf(context, request);
      pipes.add(pipe);
      return { ref: pipe.name, attributes: { Arn: pipe.arn, CurrentState: pipe.state, CreationTime: new Date(pipe.createdAt).toISOString() } };
    },
    delete: (_, { ref }) => pipes.delete(ref),
  };
}

function pipeOf(context: ServiceContext, request: ResourceRequest<PipeProperties>): Pipe {
  const { properties, environment: { partition, region, account } } = request;
  const name = properties.Name ?? request.generateName(64);
  const source = sourceOf(properties.Source);
  const target = targetOf(properties.Target);
  const { FilterCriteria: criteria, ...sourceParameters } = properties.SourceParameters ?? {};
  const { InputTemplate: template, ...targetParameters } = properties.TargetParameters ?? {};
  refuseOthers('SourceParameters', sourceParameters, [source.parameters]);
  refuseOthers('TargetParameters', targetParameters, target.parameters);
  const batch: BatchParameters = sourceParameters[source.parameters] ?? {};
  refuseOthers(`SourceParameters.${source.parameters}`, batch, [...BATCH_USED, ...BATCH_WITHOUT_EFFECT]);
  return {
    name,
    arn: `arn:${partition}:pipes:${region}:${account}:pipe/${name}`,
    environment: request.environment,
    source: properties.Source,
    target: properties.Target,
    roleArn: properties.RoleArn,
    description: properties.Description,
    filters: (criteria?.Filters ?? []).map(({ Pattern: pattern }: { Pattern: string }) => compileEventPattern(pattern)),
    input: compilePipeInput(template),
    batch: {
      batchSize: numberOf(batch.BatchSize) ?? (source.keepsOrder ? 100 : 10),
      maximumRetryAttempts: boundOf(batch.MaximumRetryAttempts),
      maximumRecordAgeSeconds: boundOf(batch.MaximumRecordAgeInSeconds),
      startingPosition: batch.StartingPosition === 'TRIM_HORIZON' ? 'TRIM_HORIZON' : 'LATEST',
      deadLetterArn: batch.DeadLetterConfig?.Arn,
    },
    targetParameters,
    declared: { SourceParameters: properties.SourceParameters, TargetParameters: properties.TargetParameters },
    createdAt: context.clock.now(),
    state: properties.DesiredState === 'STOPPED' ? 'STOPPED' : 'RUNNING',
  };
}

function refuseOthers(place: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the property ${place}.${unknown} of a pipe with this source and target`);
  }
}

function numberOf(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** -1 stands for no bound, which is also the default. */
function boundOf(value: number | string | undefined): number {
  const bound = numberOf(value) ?? -1;
  return bound < 0 ? Infinity : bound;
}
