import { Command } from 'commander';
import { explanationLines } from './explanation-text';
import { readText, tell } from './files';
import { answerLines } from './jsonl';
import { workflowMatcher } from './workflow-matcher';
import { compileEventPattern, explainEventPattern, MANDATORY_FIELDS, parseSampleEvent, PatternExplanation } from '../../engines/event-pattern';
import { UsageError } from '../report';

interface MatchOptions {
  readonly pattern?: string;
  readonly event?: string;
  readonly jsonl?: boolean;
  readonly explain?: boolean;
  readonly matcher: string;
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
    .option('--explain', 'say why, field by field')
    .option('--jsonl', 'answer requests {id, pattern, event} on standard input, one a line')
    .option('--matcher <matcher>', 'who decides: eventbridge, or workflow for the expressions of the delivery workflow', 'eventbridge')
    .action(async (options: MatchOptions) => {
      const match = matcherNamed(options.matcher);
      if (options.jsonl) {
        return answerLines(match);
      }
      const event = options.event === undefined ? null : readText('--event', options.event);
      requireWhole(event);
      if (options.explain) {
        if (event === null) {
          throw new UsageError('--explain needs an event: give one with --event.');
        }
        return tell(() => explanationText(explainEventPattern(readText('--pattern', options.pattern), parseSampleEvent(event))));
      }
      return tell(async () => String((await match({ pattern: readText('--pattern', options.pattern), event })).result));
    });
}

/** AWS's text does not tell what is missing; whoever writes an event by hand wants to know. */
function requireWhole(text: string | null): void {
  const event = text === null ? undefined : parsed(text);
  const missing = MANDATORY_FIELDS.filter(name => !Object.hasOwn(Object(event), name));
  if (text !== null && missing.length > 0) {
    throw new UsageError(`Parameter Event is not valid. ${typeof event === 'object' ? `It lacks ${missing.join(', ')}: EventBridge tests whole events.` : 'It is no JSON object.'}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`Parameter Event is not valid: ${(error as Error).message}`);
  }
}

function explanationText(explanation: PatternExplanation): string {
  return [String(explanation.matched), ...explanationLines(explanation)].join('\n');
}

interface MatchAnswer {
  readonly result: boolean | 'ok';
  /** Whether the workflow had to leave it to EventBridge. */
  readonly asked?: boolean;
}

type Matcher = (request: MatchRequest) => Promise<MatchAnswer & Record<string, unknown>>;

function matcherNamed(name: string): Matcher {
  switch (name) {
    case 'eventbridge': return async request => ({ result: matchByEventBridge(request) });
    case 'workflow': return matchByWorkflow();
    default: throw new UsageError(`--matcher is eventbridge or workflow; received ${name}.`);
  }
}

function matchByEventBridge({ pattern, event }: MatchRequest): boolean | 'ok' {
  const compiled = compileEventPattern(pattern);
  return event === null || event === undefined ? 'ok' : compiled.matches(parseSampleEvent(event));
}

/** A pattern reaches the workflow's matcher only after EventBridge has validated it. */
function matchByWorkflow(): Matcher {
  const decide = workflowMatcher();
  return async request => {
    const byEventBridge = matchByEventBridge(request);
    if (byEventBridge === 'ok') {
      return { result: byEventBridge };
    }
    const verdict = await decide(request.pattern, request.event!);
    return verdict === 'ask' ? { result: byEventBridge, asked: true } : { result: verdict === 'yes' };
  };
}
