import { Command } from 'commander';
import { readJson, tell } from './files';
import { answerLines } from './jsonl';
import { VirtualHost } from './virtual-host';
import { testState } from '../../engines/asl';

interface TestStateOptions {
  readonly request?: string;
  readonly jsonl?: boolean;
}

const PLACE = { region: 'us-east-1', account: '111111111111' };

/** `lambdaless test-state`: what does this one state do? */
export function addTestStateCommand(program: Command): void {
  program.command('test-state').description('run one state, as the TestState API of Step Functions does')
    .option('--request <file>', 'the request of TestState, as JSON')
    .option('--jsonl', 'answer requests {id, request} on standard input, one a line')
    .action(async (options: TestStateOptions) => {
      if (options.jsonl) {
        return answerLines(answer);
      }
      return tell(async () => JSON.stringify(await run(readJson('--request', options.request)), undefined, 2));
    });
}

function run(request: Parameters<typeof testState>[0]) {
  return testState(request, { host: new VirtualHost(), ...PLACE });
}

async function answer({ request }: { request: Parameters<typeof testState>[0] }): Promise<Record<string, unknown>> {
  try {
    return { response: await run(request) };
  } catch (error) {
    return { exception: (error as Error).message, code: (error as { code?: string }).code };
  }
}
