/** The matcher of the delivery workflow: the expressions that decide on AWS which events a pattern matches, run as Step Functions would run them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualHost } from './virtual-host';
import { compileStateMachine } from '../../engines/asl';

/** What the matcher says; `ask` means that only EventBridge can tell. */
export type Verdict = 'yes' | 'no' | 'ask';

// In the bundle this is the folder bin.
const EXPRESSIONS = [join(__dirname, '..', 'expressions'), join(__dirname, '..', '..', '..', 'expressions')].find(existsSync) ?? '';

const CONTEXT = {
  Execution: { Id: 'arn:aws:states:us-east-1:111111111111:express:matcher:execution', Name: 'execution', RoleArn: 'arn:aws:iam::111111111111:role/matcher', RedriveCount: 0, StartTime: '' },
  StateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:matcher', Name: 'matcher' },
};

/** Makes the function that holds a pattern, which must be valid, against an event, both as JSON. */
export function workflowMatcher(): (pattern: string, event: string) => Promise<Verdict> {
  const addressDigits = `$addressDigits := ${read('address-digits')};`;
  const workflow = compileStateMachine(JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Compile',
    States: {
      Compile: {
        Type: 'Pass',
        Assign: {
          event: '{% $states.input.event %}',
          oddity: `{% (${read('event-oddity')})($states.input.eventText) %}`,
          matcher: `{% (${addressDigits} (${read('compile-pattern')})($states.input.pattern)) %}`,
        },
        Next: 'Match',
      },
      Match: {
        Type: 'Pass',
        Output: `{% $matcher = 'ask' ? { 'yes': [], 'ask': [$matcher] } : (${addressDigits} (${read('match-page')})($event, $oddity, [$matcher])) %}`,
        End: true,
      },
    },
  }));
  return async (pattern, event) => {
    const input = { pattern, event: JSON.parse(event), eventText: event };
    const result = await workflow.execute({ input, type: 'EXPRESS', context: CONTEXT }, new VirtualHost());
    if (result.status !== 'SUCCEEDED') {
      throw new Error(`The matcher failed: ${result.error}: ${result.cause}`);
    }
    const { yes, ask } = result.output as { yes: string[]; ask: string[] };
    return yes.length > 0 ? 'yes' : ask.length > 0 ? 'ask' : 'no';
  };
}

function read(name: string): string {
  return readFileSync(join(EXPRESSIONS, `${name}.jsonata`), 'utf8');
}
