/** Reads cloud assemblies and single templates, and resolves the CloudFormation in them. */
export { loadAssembly } from './assembly';
export { AssemblyError } from './assembly-error';
export { loadTemplate } from './file/load-template';
export { TemplateFileError } from './file/template-file-error';
export { requireParameters } from './parameters';
export type { ResourceValues, StackEnvironment } from './stack-environment';
export type { ResourceDefinition, StackTemplate, Template } from './stack-template';
export { sourceOf, TemplateError } from './template-error';
export { templateFiles } from './template-files';
export { TemplateResolver } from './template-resolver';
export type { StackOutput } from './template-resolver';
