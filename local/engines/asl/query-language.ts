/** What the two query languages do for the state types: reading fields that hold expressions, and moving data through a state. */
import { DefinitionNode } from './definition-node';
import { MaybePromise } from './maybe-promise';
import { Visit } from './state';

/** A field that is computed during a visit; `argument` is what the state works on. */
export type Field<T> = (visit: Visit, argument: unknown) => MaybePromise<T>;

/** The limits of a number field. */
export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly integer: boolean;
}

/** The way of data through one state. */
export interface DataFlow {
  /** What the state works on: the input after InputPath and Parameters, or Arguments. */
  argument(visit: Visit): MaybePromise<unknown>;
  /** Leaves the output in the visit and assigns variables, given what the state's work came to. */
  finish(visit: Visit, result: unknown): MaybePromise<void>;
}

/** One rule of a Choice state: whether it applies, and its own output and variables. */
export interface ChoiceRule {
  readonly dataFlow: DataFlow;
  applies(visit: Visit, argument: unknown): MaybePromise<boolean>;
}

/** A query language. */
export interface QueryLanguage {
  readonly name: 'JSONata' | 'JSONPath';
  dataFlow(state: DefinitionNode): DataFlow;
  /** What a catcher makes of the error output. */
  catcher(catcher: DefinitionNode, label: string): (visit: Visit) => MaybePromise<void>;
  choiceRule(rule: DefinitionNode, state: DefinitionNode, label: string): ChoiceRule;
  /** A field with expressions inside, such as Credentials or ItemSelector. */
  template(node: DefinitionNode, field: string): Field<unknown> | undefined;
  number(node: DefinitionNode, field: string, range: NumberRange): Field<number> | undefined;
  /** A text that may be absent when the expression has none, such as a Fail state's Cause. */
  text(node: DefinitionNode, field: string): Field<string> | undefined;
  timestamp(node: DefinitionNode): Field<number> | undefined;
  /** The items of a Map state. */
  items(state: DefinitionNode): Field<unknown[]>;
}
