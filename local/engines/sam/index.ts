/** The transform `AWS::Serverless-2016-10-31` (SAM): a template to a template, without I/O. */
export { SERVERLESS_TYPES, transformServerless } from './transform';
export { TransformError } from './transform-error';
