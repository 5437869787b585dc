import { Command } from 'commander';
import { readJson, tell } from './files';
import { answerLines } from './jsonl';
import { compileTargetInput } from '../../engines/input-transformer';

interface TransformOptions {
  readonly target?: string;
  readonly event?: string;
  readonly jsonl?: boolean;
}

interface TransformRequest {
  readonly target: object;
  readonly event: Record<string, unknown>;
  readonly rule?: { readonly name: string; readonly arn: string };
}

const SAMPLE_RULE = { name: 'rule', arn: 'arn:aws:events:us-east-1:000000000000:rule/rule' };

/** `lambdaless transform`: what does a rule hand to this target? */
export function addTransformCommand(program: Command): void {
  program.command('transform').description('tell what an EventBridge rule hands to a target')
    .option('--target <file>', 'the target with its Input, InputPath or InputTransformer, as JSON')
    .option('--event <file>', 'the event, as JSON')
    .option('--jsonl', 'answer requests {id, event, target, rule} on standard input, one a line')
    .action(async (options: TransformOptions) => {
      if (options.jsonl) {
        return answerLines(transform);
      }
      return tell(() => transform({ target: readJson('--target', options.target), event: readJson('--event', options.event) }).body ?? 'not delivered');
    });
}

function transform({ target, event, rule = SAMPLE_RULE }: TransformRequest): { body?: string; delivered?: false } {
  const ingestionTime = typeof event?.time === 'string' ? event.time : '2000-01-01T00:00:00Z';
  const body = compileTargetInput(target).render(event ?? {}, { ...rule, ingestionTime });
  return body === undefined ? { delivered: false } : { body };
}
