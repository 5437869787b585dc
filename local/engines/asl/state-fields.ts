/** Which fields a state may have, by its type and its query language. */
import { DefinitionNode } from './definition-node';
import { QueryLanguage } from './query-language';
import { StateType } from './state';

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const TRANSITION = ['Next', 'End'];
const DATA = ['InputPath', 'OutputPath', 'Output'];
const RESULT = ['ResultPath', 'ResultSelector'];
const ARGUMENTS = ['Parameters', 'Arguments'];
const ERRORS = ['Retry', 'Catch'];

const FIELDS: Readonly<Record<StateType, ReadonlySet<string>>> = {
  Task: new Set([
    ...COMMON, ...TRANSITION, ...DATA, ...RESULT, ...ARGUMENTS, ...ERRORS, 'Assign', 'Resource', 'Credentials',
    'TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath',
  ]),
  Pass: new Set([...COMMON, ...TRANSITION, ...DATA, 'Assign', 'Result', 'ResultPath', 'Parameters']),
  Choice: new Set([...COMMON, ...DATA, 'Assign', 'Choices', 'Default']),
  Wait: new Set([...COMMON, ...TRANSITION, ...DATA, 'Assign', 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']),
  Succeed: new Set([...COMMON, ...DATA]),
  Fail: new Set([...COMMON, 'Error', 'ErrorPath', 'Cause', 'CausePath']),
  Parallel: new Set([...COMMON, ...TRANSITION, ...DATA, ...RESULT, ...ARGUMENTS, ...ERRORS, 'Assign', 'Branches']),
  Map: new Set([
    ...COMMON, ...TRANSITION, ...DATA, ...RESULT, ...ERRORS, 'Assign', 'Parameters', 'ItemProcessor', 'Iterator', 'Items', 'ItemsPath', 'ItemSelector',
    'ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'MaxConcurrency', 'MaxConcurrencyPath',
    'ToleratedFailureCount', 'ToleratedFailureCountPath', 'ToleratedFailurePercentage', 'ToleratedFailurePercentagePath',
  ]),
};

const JSONATA_ONLY: ReadonlySet<string> = new Set(['Arguments', 'Output', 'Items']);
const JSON_PATH_ONLY: ReadonlySet<string> = new Set([
  'InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'ItemsPath', 'SecondsPath', 'TimestampPath', 'ErrorPath', 'CausePath',
  'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath',
]);

/** Reports the fields that the type or the language does not have. */
export function checkStateFields(node: DefinitionNode, type: StateType, { name: language }: QueryLanguage): void {
  for (const field of Object.keys(node.fields)) {
    if (!FIELDS[type].has(field)) node.report(`Field '${field}' is not supported`);
    else if (language === 'JSONPath' && JSONATA_ONLY.has(field)) node.report(wrongLanguage(field, 'JSONPath', 'JSONata'));
    else if (language === 'JSONata' && JSON_PATH_ONLY.has(field)) node.report(wrongLanguage(field, 'JSONata', 'JSONPath'));
  }
}

function wrongLanguage(field: string, actual: string, required: string): string {
  return `The QueryLanguage is set to '${actual}', but field '${field}' is only supported for the '${required}' QueryLanguage`;
}
