/** What the compilers of the state types share: the state's fields, its language, its successors and its error handling. */
import { DefinitionNode } from './definition-node';
import { Catcher, ErrorHandling, Retrier } from './error-handling';
import { QueryLanguage } from './query-language';
import { Destination, StateBlock } from './state';

/** Compiles nested states and resolves names within one block. */
export interface BlockScope {
  destination(name: string, node: DefinitionNode, field: string): Destination;
  compileBlock(node: DefinitionNode): StateBlock;
  /** The language of states that name none. */
  readonly defaultLanguage: QueryLanguage;
}

const MAX_SECONDS = 99_999_999;

/** The view a state type's compiler has of one state. */
export class StateCompiler {
  // Bound, so that compilers may take the members they need apart from the rest.
  readonly successor = (): Destination => this.compileSuccessor();
  readonly errorHandling = (): ErrorHandling | undefined => this.compileErrorHandling();
  readonly destination = (node: DefinitionNode, field = 'Next'): Destination => this.scope.destination(node.requiredText(field), node, field);
  readonly block = (node: DefinitionNode): StateBlock => this.scope.compileBlock(node);

  constructor(readonly node: DefinitionNode, readonly name: string, readonly language: QueryLanguage, private readonly scope: BlockScope) {}

  private compileSuccessor(): Destination {
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

  private compileErrorHandling(): ErrorHandling | undefined {
    const retriers = this.node.objects('Retry').map(retrier => this.compileRetrier(retrier));
    const catchers = this.node.objects('Catch').map((catcher, index) => this.compileCatcher(catcher, index));
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

function errorEquals(node: DefinitionNode): string[] {
  const value = node.value('ErrorEquals');
  if (!Array.isArray(value) || value.some(name => typeof name !== 'string')) {
    node.report('Expected value of type Array of Strings', 'ErrorEquals');
    return [];
  }
  if (value.length === 0) node.report('Value cannot be empty', 'ErrorEquals');
  return value as string[];
}
