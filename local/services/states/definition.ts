import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ResourceRequest } from '../../kernel/contracts';

export interface DefinitionProperties {
  readonly Definition?: object;
  readonly DefinitionString?: string;
  /** An object in a bucket; or a path, as `aws cloudformation package` takes it. */
  readonly DefinitionS3Location?: string | { readonly Bucket: string; readonly Key: string };
  readonly DefinitionSubstitutions?: Record<string, unknown>;
}

/** The text of a state machine's definition, wherever the template has it, with its substitutions. */
export function definitionOf(request: ResourceRequest<DefinitionProperties>): string {
  const { Definition: definition, DefinitionString: text, DefinitionS3Location: location, DefinitionSubstitutions: substitutions = {} } = request.properties;
  const sources = Object.entries({ Definition: definition, DefinitionString: text, DefinitionS3Location: location }).filter(([, value]) => value !== undefined);
  if (sources.length !== 1) {
    throw new Error('a state machine needs one of Definition, DefinitionString and DefinitionS3Location');
  }
  const source = text ?? (definition === undefined ? readDefinition(request, location!) : JSON.stringify(definition));
  return source.replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, key) => Object.hasOwn(substitutions, key) ? String(substitutions[key]) : whole);
}

function readDefinition({ files }: ResourceRequest, location: NonNullable<DefinitionProperties['DefinitionS3Location']>): string {
  const file = typeof location === 'string' ? files?.path(location) : files?.asset(location.Bucket, location.Key);
  if (file === undefined) {
    throw new Error(`its definition is not among the files of the template: the local runtime reads none from S3 (${JSON.stringify(location)})`);
  }
  const text = readFileSync(file, 'utf8');
  try {
    return /\.ya?ml$/.test(file) ? JSON.stringify(parse(text)) : text;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
