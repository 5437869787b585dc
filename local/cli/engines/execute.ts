import { Command } from 'commander';
import { compileStateMachine, InvalidDefinitionError, UnsupportedDefinitionError } from '../../engines/asl';
import { UsageError } from '../report';
import { readText, tell } from './files';
import { answerLines } from './jsonl';
import { VirtualHost } from './virtual-host';

interface ExecuteOptions {
  readonly definition?: string;
  readonly input?: string;
  readonly standard?: boolean;
  readonly jsonl?: boolean;
}

interface ExecuteRequest {
  readonly definition: string;
  readonly input?: string;
  readonly machineType?: 'EXPRESS' | 'STANDARD';
}

const CONTEXT = {
  Execution: { Id: 'arn:aws:states:us-east-1:111111111111:execution:workflow:execution', Name: 'execution', RoleArn: 'arn:aws:iam::111111111111:role/workflow', RedriveCount: 0 },
  StateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:workflow', Name: 'workflow' },
};

/** `lambdaless execute`: what does this workflow make of this input? */
export function addExecuteCommand(program: Command): void {
  program.command('execute').description('run a workflow that needs no service; its waits take no time')
    .option('--definition <file>', 'the definition, in the Amazon States Language')
    .option('--input <file>', 'the input, as JSON (default: {})')
    .option('--standard', 'run it as a standard workflow, not as an express one')
    .option('--jsonl', 'answer requests {id, definition, input, machineType} on standard input, one a line')
    .action(async (options: ExecuteOptions) => {
      if (options.jsonl) {
        return answerLines(answer);
      }
      const input = options.input === undefined ? '{}' : readText('--input', options.input);
      const machineType = options.standard ? 'STANDARD' : 'EXPRESS';
      return tell(async () => {
        const { result } = await execute({ definition: readText('--definition', options.definition), input, machineType });
        if (result.status !== 'SUCCEEDED') {
          throw new UsageError([result.status, result.error, result.cause].filter(Boolean).join(': '));
        }
        return JSON.stringify(result.output, undefined, 2);
      });
    });
}

async function execute({ definition, input = '{}', machineType = 'EXPRESS' }: ExecuteRequest) {
  const host = new VirtualHost();
  const workflow = compileStateMachine(definition);
  const Execution = { ...CONTEXT.Execution, StartTime: new Date(host.now()).toISOString() };
  const result = await workflow.execute({ input: JSON.parse(input || '{}'), type: machineType, context: { ...CONTEXT, Execution } }, host);
  return { result, host };
}

async function answer(request: ExecuteRequest): Promise<Record<string, unknown>> {
  try {
    const { result, host } = await execute(request);
    return host.missed.length > 0 ? { unsupported: `no service for ${host.missed[0]}` } : { ...result, trace: host.entered };
  } catch (error) {
    if (error instanceof InvalidDefinitionError) {
      return { refused: error.message };
    }
    if (error instanceof UnsupportedDefinitionError) {
      return { unsupported: error.message };
    }
    throw error;
  }
}
