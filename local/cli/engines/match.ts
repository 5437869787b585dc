import { Command } from 'commander';
import { readText, tell } from './files';
import { answerLines } from './jsonl';
import { compileEventPattern, parseSampleEvent } from '../../engines/event-pattern';

interface MatchOptions {
  readonly pattern?: string;
  readonly event?: string;
  readonly jsonl?: boolean;
}

interface MatchRequest {
  readonly pattern: string;
  /** Without one the pattern is only checked. */
  readonly event: string | null;
}

/** `lambdaless match`: does this pattern match this event? */
export function addMatchCommand(program: Command): void {
  program.command('match').description('tell whether an EventBridge pattern matches an event')
    .option('--pattern <file>', 'the pattern, as JSON')
    .option('--event <file>', 'the event, as JSON; without it the pattern is only checked')
    .option('--jsonl', 'answer requests {id, pattern, event} on standard input, one a line')
    .action(async (options: MatchOptions) => {
      if (options.jsonl) {
        return answerLines(match);
      }
      const event = options.event === undefined ? null : readText('--event', options.event);
      return tell(() => String(match({ pattern: readText('--pattern', options.pattern), event }).result));
    });
}

function match({ pattern, event }: MatchRequest): { result: boolean | 'ok' } {
  const compiled = compileEventPattern(pattern);
  return { result: event === null || event === undefined ? 'ok' : compiled.matches(parseSampleEvent(event)) };
}
