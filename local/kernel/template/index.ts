/** Reads cloud assemblies and resolves the CloudFormation templates in them. */
export { loadAssembly } from './assembly';
export { AssemblyError } from './assembly-error';
export type { ResourceValues, StackEnvironment } from './stack-environment';
export type { ResourceDefinition, StackTemplate, Template } from './stack-template';
export { TemplateError } from './template-error';
export { TemplateResolver } from './template-resolver';
export type { StackOutput } from './template-resolver';
