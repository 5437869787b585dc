import { explanationLines } from './engines/explanation-text';
import { PatternExplanation } from '../engines/event-pattern';
import { Verdicts } from '../inspector/who-takes';

const MOST_SHOWN = 10;

/** Who takes an event and who does not, for people: those that do not come with every field, and whoever is meant is seen without scrolling. */
export function verdictText({ rules, subscriptions, areMore }: Verdicts): string {
  const lines: string[] = [];
  for (const { rule, state, explanation } of shown(rules)) {
    lines.push(`Rule ${rule} ${state === 'ENABLED' ? verdict(explanation) : 'is disabled'}`, ...explanation.matched ? [] : explanationLines(explanation));
  }
  if (rules.length === 0) {
    lines.push('The bus has no rule with a pattern.');
  }
  for (const { subscriptionId, connectionId, explanation } of shown(subscriptions)) {
    lines.push(`Subscription ${subscriptionId} of ${connectionId} ${verdict(explanation)}`, ...explanation.matched ? [] : explanationLines(explanation));
  }
  lines.push(summary(subscriptions.length, subscriptions.filter(({ explanation }) => explanation.matched).length, areMore));
  return `${lines.join('\n')}\n`;
}

function summary(count: number, matching: number, areMore: boolean): string {
  if (count === 0) {
    return 'No client that is connected has a subscription.';
  }
  return `${matching} of ${areMore ? 'the first ' : ''}${count} subscription${count === 1 ? '' : 's'} match${count === 1 || matching === 1 ? 'es' : ''}.`;
}

function verdict({ matched }: PatternExplanation): string {
  return matched ? 'matches' : 'does not match:';
}

/** Those that do not match first: they are asked about. */
function shown<Verdict extends { readonly explanation: PatternExplanation }>(verdicts: readonly Verdict[]): Verdict[] {
  return [...verdicts].sort((left, right) => Number(left.explanation.matched) - Number(right.explanation.matched)).slice(0, MOST_SHOWN);
}
