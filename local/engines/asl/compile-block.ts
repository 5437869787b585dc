/** Compiles the states of a state machine, a branch or an item processor, and links them to one another. */
import { DefinitionNode } from './definition-node';
import { isObject } from './json';
import { JSON_PATH } from './json-path/json-path-language';
import { JSONATA } from './jsonata/jsonata-language';
import { QueryLanguage } from './query-language';
import { CompiledState, Destination, StateBlock, StateType } from './state';
import { BlockScope, StateCompiler } from './state-compiler';
import { checkStateFields } from './state-fields';
import { compileChoice } from './states/choice';
import { compileFail } from './states/fail';
import { compileMap } from './states/map';
import { compileParallel } from './states/parallel';
import { compilePass } from './states/pass';
import { compileSucceed } from './states/succeed';
import { compileTask } from './states/task';
import { compileWait } from './states/wait';
import { checkTransitions } from './transitions';
import { checkVariableNames } from './variable-names';

const COMPILERS: ReadonlyMap<string, (state: StateCompiler) => CompiledState> = new Map<StateType, (state: StateCompiler) => CompiledState>([
  ['Task', compileTask],
  ['Pass', compilePass],
  ['Choice', compileChoice],
  ['Wait', compileWait],
  ['Succeed', compileSucceed],
  ['Fail', compileFail],
  ['Parallel', compileParallel],
  ['Map', compileMap],
]);

const LANGUAGES: ReadonlyMap<string, QueryLanguage> = new Map([[JSON_PATH.name, JSON_PATH], [JSONATA.name, JSONATA]]);
const MAX_NAME_LENGTH = 80;

/** Compiles a whole state machine; problems are reported to the node. */
export function compileTopBlock(node: DefinitionNode): StateBlock {
  return compileStates(node, queryLanguage(node, JSON_PATH), new Set());
}

function compileStates(node: DefinitionNode, language: QueryLanguage, outerVariables: ReadonlySet<string>): StateBlock {
  const { compilation } = node;
  const states = node.object('States');
  if (!node.has('States')) node.report('The field "States" is required but was missing');
  const variables = states ? checkVariableNames(states, outerVariables) : outerVariables;
  const destinations = new Map<string, Destination>();
  for (const name of Object.keys(states?.fields ?? {})) destinations.set(name, {});

  const scope: BlockScope = {
    defaultLanguage: language,
    compileBlock: block => {
      // Inner blocks have the language of the state machine, whatever the state around them says.
      if (block.has('QueryLanguage')) block.report("Field 'QueryLanguage' is not supported");
      return compileStates(block, language, isDistributed(block) ? new Set() : variables);
    },
    destination: (name, origin, field) => {
      const destination = destinations.get(name);
      if (destination) return destination;
      if (compilation.forTest) return { state: absentState(name) };
      if (origin.has(field)) origin.report(`Missing '${field}' target: ${name}`, field, 'MISSING_TRANSITION_TARGET');
      return {};
    },
  };

  const startAt = scope.destination(node.requiredText('StartAt'), node, 'StartAt');
  if (states && destinations.size === 0) node.report('Value cannot be empty', 'States');
  if (states && !compilation.forTest) checkTransitions(node, states);
  for (const [name, destination] of destinations) {
    const stateNode = states!.object(name);
    const state = stateNode && compileState(name, stateNode, scope);
    if (!state) continue;
    if (compilation.states.has(name)) states!.report(`Duplicate State name: ${name}`, name, 'DUPLICATE_STATE_NAME');
    compilation.states.set(name, state);
    compilation.nodes.set(name, stateNode);
    destination.state = state;
  }
  return { startAt };
}

/** The executions of a distributed Map know nothing of the variables around them. */
function isDistributed(block: DefinitionNode): boolean {
  return isObject(block.value('ProcessorConfig')) && block.object('ProcessorConfig')?.value('Mode') === 'DISTRIBUTED';
}

/** Stands for a state that a test leaves out. */
function absentState(name: string): CompiledState {
  return { name, type: 'Succeed', run: visit => { visit.output = visit.input; } };
}

function compileState(name: string, node: DefinitionNode, scope: BlockScope): CompiledState | undefined {
  if (name.length > MAX_NAME_LENGTH) node.report(`State name must not be longer than ${MAX_NAME_LENGTH} characters`);
  const type = node.requiredText('Type');
  const compile = COMPILERS.get(type);
  if (!compile) {
    if (node.has('Type')) node.report(`Value is not valid. Valid values are: ${[...COMPILERS.keys()].join(', ')}`, 'Type');
    return undefined;
  }
  const language = queryLanguage(node, scope.defaultLanguage);
  if (scope.defaultLanguage === JSONATA && language === JSON_PATH) {
    node.report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  checkStateFields(node, type as StateType, language);
  return compile(new StateCompiler(node, name, language, scope));
}

function queryLanguage(node: DefinitionNode, inherited: QueryLanguage): QueryLanguage {
  const name = node.text('QueryLanguage');
  if (name === undefined) return inherited;
  const language = LANGUAGES.get(name);
  if (!language) node.report(`Value is not valid. Valid values are: ${[...LANGUAGES.keys()].join(', ')}`, 'QueryLanguage');
  return language ?? inherited;
}
