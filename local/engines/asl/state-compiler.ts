/** What the compilers of the state types share: the state's fields, its language, its successors and its error handling. */
import { DefinitionNode } from './definition-node';
import { QueryLanguage } from './query-language';
import { Catcher, Destination, ErrorHandling, Retrier, StateBlock } from './state';

/** Compiles nested states and resolves names within one block. */
export interface BlockScope {
  /** The language of states that name none. */
  readonly defaultLanguage: QueryLanguage;
  destination(name: string, node: DefinitionNode, field: string): Destination;
  compileBlock(node: DefinitionNode): StateBlock;
}

const MAX_SECONDS = 99_999_999;

/** The view a state type's compiler has of one state. */
export class StateCompiler {
  constructor(readonly node: DefinitionNode, readonly name: string, readonly language: QueryLanguage, private readonly scope: BlockScope) {}

  /** Where a field of the state or of a part of it leads. */
  destination(node: DefinitionNode, field = 'Next'): Destination {
    return this.scope.destination(node.requiredText(field), node, field);
  }

  /** The states inside a branch or a processor. */
  block(node: DefinitionNode): StateBlock {
    return this.scope.compileBlock(node);
  }

  /** What Next or End say. */
  successor(): Destination {
    const { node } = this;
    const end = node.value('End');
    if (end !== undefined && typeof end !== 'boolean') node.report('Expected value of type Boolean', 'End');
    if (end === true) {
      if (node.has('Next')) node.report('Only one of the fields "Next" and "End" may be given');
      return {};
    }
    if (!node.has('Next')) {
      node.report('One of the fields "Next" and "End" is required but both were missing');
      return {};
    }
    return this.destination(node);
  }

  /** What Retry and Catch say. */
  errorHandling(): ErrorHandling | undefined {
    const retryNodes = this.node.objects('Retry');
    const catchNodes = this.node.objects('Catch');
    checkStatesAll(retryNodes);
    checkStatesAll(catchNodes);
    const retriers = retryNodes.map(retrier => this.compileRetrier(retrier));
    const catchers = catchNodes.map((catcher, index) => this.compileCatcher(catcher, index));
    return retriers.length > 0 || catchers.length > 0 ? { retriers, catchers } : undefined;
  }

  private compileRetrier(node: DefinitionNode): Retrier {
    const jitter = node.text('JitterStrategy');
    if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE') node.report('Value must be one of [FULL, NONE]', 'JitterStrategy');
    return {
      errorEquals: errorEquals(node),
      intervalSeconds: node.integer('IntervalSeconds', 1, MAX_SECONDS) ?? 1,
      maxAttempts: node.integer('MaxAttempts', 0, MAX_SECONDS) ?? 3,
      backoffRate: node.number('BackoffRate', 1) ?? 2,
      maxDelaySeconds: node.integer('MaxDelaySeconds', 1, 31_622_400),
      fullJitter: jitter === 'FULL',
    };
  }

  private compileCatcher(node: DefinitionNode, index: number): Catcher {
    return {
      errorEquals: errorEquals(node),
      next: this.destination(node),
      apply: this.language.catcher(node, `Catch[${index}]`),
    };
  }
}

function checkStatesAll(entries: readonly DefinitionNode[]): void {
  entries.forEach((entry, index) => {
    const names = entry.value('ErrorEquals');
    if (!Array.isArray(names) || !names.includes('States.ALL')) return;
    if (names.length > 1 || index < entries.length - 1) entry.report('States.ALL must appear alone and at end of list', 'ErrorEquals');
  });
}

function errorEquals(node: DefinitionNode): string[] {
  const value = node.value('ErrorEquals');
  if (!Array.isArray(value) || value.some(name => typeof name !== 'string')) {
    node.report('Expected value of type Array of Strings', 'ErrorEquals');
    return [];
  }
  if (value.length === 0) node.report('Value cannot be empty', 'ErrorEquals');
  return value as string[];
}
