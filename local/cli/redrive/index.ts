import { Command, InvalidArgumentError } from 'commander';
import { AwsClient } from './aws-client';
import { environmentCredentials, environmentRegion } from './credentials';
import { queuesOfStack } from './queues-of-stack';
import { LetterReport, redriveQueue } from './redrive-queue';
import { AwsError } from '../../kernel/aws-error';
import { UsageError } from '../report';

interface RedriveOptions {
  readonly queue?: readonly string[];
  readonly stack?: readonly string[];
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly hop?: readonly string[];
  readonly reason?: readonly string[];
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `lambdaless redrive`: puts what is in dead-letter queues back, on AWS or in a runtime on this machine. */
export function addRedriveCommand(program: Command): void {
  program.command('redrive').description('put dead letters back: hand each to what should have had it, and delete it once it is taken')
    .option('--stack <name...>', 'the deployed stacks whose dead-letter queues are meant')
    .option('--queue <url...>', 'URLs of queues')
    .option('--hop <name...>', 'only letters of these ways, such as delivery or rule')
    .option('--reason <code...>', 'only letters with these error codes, such as ApiGateway.429')
    .option('--limit <number>', 'how many letters, at most, of each queue', parseLimit)
    .option('--dry-run', 'only tell what would be done')
    .option('--endpoint-url <url>', 'where AWS is, such as http://127.0.0.1:4510 for the runtime (default: AWS_ENDPOINT_URL, or AWS)')
    .option('--region <name>', 'the region (default: AWS_REGION, or that of the queue)')
    .option('--json', 'print one JSON object, for programs')
    .action(async (options: RedriveOptions) => {
      const client = clientOf(options);
      try {
        await redrive(client, options);
      } catch (error) {
        // What the services say is for the reader, and no fault of this program.
        throw error instanceof AwsError ? new UsageError(`${error.code}: ${error.message}`) : isConnectionError(error) ? new UsageError(error.message || `The endpoint cannot be reached: ${error.code}.`) : error;
      }
    });
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new InvalidArgumentError('A limit is a whole number from 1 on.');
  }
  return Number(text);
}

function clientOf({ endpointUrl, region, queue = [], stack = [] }: RedriveOptions): AwsClient {
  if (queue.length + stack.length === 0) {
    throw new UsageError('Say whose letters: --stack <name>, or --queue <url>.');
  }
  const { env: environment } = process;
  const endpoint = endpointUrl ?? (environment.AWS_ENDPOINT_URL || undefined);
  const endpoints = Object.entries(environment).flatMap(([name, value]) => name.startsWith('AWS_ENDPOINT_URL_') && value ? [value] : []);
  const unusable = [...queue, ...endpoints, ...endpoint === undefined ? [] : [endpoint]].find(url => !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol));
  if (unusable !== undefined) {
    throw new UsageError(`${unusable} is no URL of HTTP.`);
  }
  const isLocal = endpoint !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
  const ofQueue = /^sqs\.([\w-]+)\.amazonaws\.com/.exec(queue.length === 0 ? '' : new URL(queue[0]).hostname)?.[1];
  const found = region ?? environmentRegion(environment) ?? ofQueue ?? (isLocal ? 'us-east-1' : undefined);
  if (found === undefined || !/^[a-z0-9-]+$/.test(found)) {
    throw new UsageError('There is no region: set AWS_REGION, or give --region.');
  }
  return new AwsClient({ region: found, endpoint: endpointUrl, isLocal, environment, credentials: environmentCredentials(environment, isLocal) });
}

async function redrive(client: AwsClient, options: RedriveOptions): Promise<void> {
  const { json = false, dryRun = false, limit = Infinity, hop: hops, reason: reasons } = options;
  const ofStacks = await Promise.all((options.stack ?? []).map(name => queuesOfStack(client, name)));
  const queues = [...new Set([...options.queue ?? [], ...ofStacks.flat()])];
  const letters: LetterReport[] = [];
  for (const url of queues) {
    for await (const letter of redriveQueue(client, url, { dryRun, limit, hops, reasons })) {
      letters.push(letter);
      if (!json) {
        process.stdout.write(line(letter));
      }
    }
  }
  const count = (outcome: LetterReport['outcome']) => letters.filter(letter => letter.outcome === outcome).length;
  const counts = { redriven: count('redriven'), wouldBeRedriven: count('wouldBeRedriven'), refused: count('refused'), failed: count('failed') };
  process.stdout.write(json ? `${JSON.stringify({ dryRun, queues, ...counts, letters })}\n` : summary(queues.length, counts));
  process.exitCode = counts.refused + counts.failed > 0 ? 1 : 0;
}

function line({ outcome, hop = 'unknown', errorCode = '', messageId, target = '', problem }: LetterReport): string {
  const told = outcome === 'wouldBeRedriven' ? 'would be redriven' : outcome;
  return `${told.padEnd(10)} ${hop.padEnd(15)} ${messageId}  ${[errorCode, target].filter(Boolean).join('  ')}\n${problem ? `           ${problem.code}: ${problem.message}\n` : ''}`;
}

function summary(queues: number, { redriven, wouldBeRedriven, refused, failed }: Record<string, number>): string {
  const told = [`${redriven} redriven`, wouldBeRedriven > 0 ? `${wouldBeRedriven} would be redriven` : '', `${refused} refused`, `${failed} failed`];
  return `${told.filter(Boolean).join(', ')} in ${queues} queue${queues === 1 ? '' : 's'}. What is refused or has failed is still there.\n`;
}

/** An error of a socket, such as of an endpoint where nobody listens; a name with several addresses has one for each. */
function isConnectionError(error: unknown): error is Error & { readonly code?: string } {
  return ['syscall', 'errors'].some(name => name in Object(error));
}
