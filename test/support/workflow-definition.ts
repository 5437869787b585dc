import { Resource } from './resources';

/** The definition of a state machine, with names in the place of what only the deployment knows. */
export function workflowDefinition({ Properties: { DefinitionString: definition } }: Resource): any {
  const parts: readonly any[] = typeof definition === 'string' ? [definition] : definition['Fn::Join'][1];
  return JSON.parse(parts.map(part => typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt'].join('.')}>`).join(''));
}
