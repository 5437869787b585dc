/** Reads one template that is a file of its own, as `aws cloudformation deploy` and `sam deploy` take it. */
import { readFileSync } from 'fs';
import { basename, dirname, extname, resolve } from 'path';
import { parseTemplate } from './parse-template';
import { TemplateFileError } from './template-file-error';
import { StackTemplate } from '../stack-template';

const MAXIMUM_STACK_NAME = 128;

/** Reads a template, JSON or YAML, as the one stack of a run; throws a TemplateFileError. */
export function loadTemplate(file: string, stackName: string = stackNameFor(file)): StackTemplate {
  const { template, lineOf } = parseTemplate(read(file), file);
  return {
    name: stackName,
    id: stackName,
    constructPath: stackName,
    template,
    templateFile: file,
    lineOf,
    directory: dirname(resolve(file)),
    parameters: {},
    dependencies: [],
    constructPaths: new Map(),
  };
}

/** The name of the file; that of its directory when the file is called what most are called. */
function stackNameFor(file: string): string {
  const name = basename(file, extname(file));
  const telling = /^(?:template|packaged)$/i.test(name) ? basename(dirname(resolve(file))) : name;
  const valid = telling.replace(/[^A-Za-z0-9]+/g, '-').replace(/^[^A-Za-z]+|-+$/g, '').slice(0, MAXIMUM_STACK_NAME);
  return valid === '' ? 'Stack' : valid;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'a directory, and no template' : message;
    throw new TemplateFileError(file, problem, undefined, error);
  }
}
