/** The way of data through a JSONPath state: InputPath and Parameters in; Assign, ResultSelector, ResultPath and OutputPath out. */
import { assignVariables } from '../assignment';
import { DefinitionNode } from '../definition-node';
import { runtimeFault } from '../errors';
import { JsonObject, isObject } from '../json';
import { checkPayload } from '../payload';
import { DataFlow } from '../query-language';
import { Visit } from '../state';
import { compilePath } from './path-reference';
import { PayloadTemplate, compilePayloadTemplate } from './payload-template';
import { ResultPath, compileResultPath } from './result-path';

/** Selects from the data a field works on. */
type Selection = (visit: Visit, root: unknown) => unknown;

/** Compiles the fields of a state. */
export function compileDataFlow(node: DefinitionNode): DataFlow {
  const inputPath = compileSelection(node, 'InputPath');
  // A Map state's Parameters are the older name of its ItemSelector.
  const parameters = node.value('Type') === 'Map' ? undefined : compileTemplateField(node, 'Parameters');
  const { finish } = compileFinish(node, node);
  const type = node.value('Type');
  return {
    argument: visit => {
      const selected = inputPath ? inputPath(visit, visit.input) : visit.input;
      const argument = parameters ? parameters.evaluate(visit, selected) : selected;
      if (visit.inspection) {
        // TestState tells neither step for the types that have no use for it.
        if (type !== 'Parallel') visit.inspection.afterInputPath = selected;
        if (parameters || type === 'Task' || type === 'Pass') visit.inspection.afterParameters = argument;
      }
      return argument;
    },
    finish,
  };
}

/** Compiles what follows a state's work; a Choice rule has an Assign of its own and shares the state's OutputPath. */
export function compileFinish(node: DefinitionNode, assigning: DefinitionNode): Pick<DataFlow, 'finish'> {
  const selector = compileTemplateField(node, 'ResultSelector');
  const resultPath = compileResultPathField(node);
  const outputPath = compileSelection(node, 'OutputPath');
  const assign = compileTemplateField(assigning, 'Assign');
  const hasResult = TYPES_WITH_RESULT.has(node.value('Type'));
  return {
    finish: (visit, result) => {
      const selected = selector ? selector.evaluate(visit, result) : result;
      const combined = resultPath ? resultPath(visit.input, selected) : selected;
      if (visit.inspection && hasResult) Object.assign(visit.inspection, { afterResultSelector: selected, afterResultPath: combined });
      // A large input has been checked where it came from.
      if (combined !== visit.input) checkPayload(combined, visit.state.name);
      const output = outputPath ? outputPath(visit, combined) : combined;
      if (assign) assignVariables(visit, new Map(Object.entries(assign.evaluate(visit, result) as JsonObject)));
      visit.output = output;
    },
  };
}

const TYPES_WITH_RESULT: ReadonlySet<unknown> = new Set(['Pass', 'Task', 'Parallel', 'Map']);

/** Compiles what a catcher makes of the error output; a state's OutputPath plays no part. */
export function compileCatch(node: DefinitionNode): (visit: Visit) => void {
  const resultPath = compileResultPathField(node);
  const assign = compileTemplateField(node, 'Assign');
  return visit => {
    const output = resultPath ? resultPath(visit.input, visit.errorOutput) : visit.errorOutput;
    if (assign) assignVariables(visit, new Map(Object.entries(assign.evaluate(visit, visit.errorOutput) as JsonObject)));
    visit.output = output;
  };
}

/** Compiles a field that holds a payload template; undefined when it is absent. */
export function compileTemplateField(node: DefinitionNode, field: string): PayloadTemplate | undefined {
  if (!node.has(field)) return undefined;
  if (field === 'Assign' && !isObject(node.value(field))) {
    node.report('Expected value of type Object', field);
    return undefined;
  }
  return compilePayloadTemplate(node.value(field), node, field);
}

function compileSelection(node: DefinitionNode, field: string): Selection | undefined {
  const text = node.value(field);
  if (text === undefined || text === '$') return undefined;
  if (text === null) return () => ({});
  const path = typeof text === 'string' ? compileOrReport(node, field, () => compilePath(text)) : reportNoPath(node, field);
  return path && ((visit, root) => {
    const value = path.read(visit, root);
    if (value === undefined) throw runtimeFault(`Invalid path '${path.text}' : ${path.failure(visit, root)}`);
    return value;
  });
}

function compileResultPathField(node: DefinitionNode): ResultPath | undefined {
  const text = node.value('ResultPath');
  if (text === undefined || text === '$') return undefined;
  const path = text === null || typeof text === 'string' ? compileResultPath(text) : undefined;
  return path ?? reportNoPath(node, 'ResultPath');
}

function compileOrReport<T>(node: DefinitionNode, field: string, compile: () => T): T | undefined {
  try {
    return compile();
  } catch {
    return reportNoPath(node, field);
  }
}

function reportNoPath(node: DefinitionNode, field: string): undefined {
  node.report(field === 'ResultPath' ? 'Value is not a Reference Path' : 'Value is not a valid JSONPath', field);
}
