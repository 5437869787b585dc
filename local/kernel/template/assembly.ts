/**
 * Reads a cloud assembly (`cdk.out`) from its manifest.
 *
 * The manifest's schema version is deliberately not looked at: the few fields read here have kept their meaning since version 2, and a
 * newer CDK must not stop anybody.
 */
import { existsSync, readFileSync, statSync } from 'fs';
import { basename, isAbsolute, join, relative, resolve } from 'path';
import { AssemblyError } from './assembly-error';
import { entriesOf, isObject, JsonObject, ownProperty } from './json';
import { StackTemplate } from './stack-template';

const SYNTHESIZE_AGAIN = 'Synthesize the app again: npx cdk synth';
const MAXIMUM_STAGE_DEPTH = 20;

interface Artifact {
  readonly id: string;
  readonly type: string;
  readonly definition: JsonObject;
  readonly dependencies: readonly string[];
}

/** Reads every stack of the assembly in a directory, those of nested stages too, each after the stacks it depends on. */
export function loadAssembly(directory: string): StackTemplate[] {
  const root = resolve(directory);
  const stacks = loadManifest(root, root, 0);
  if (stacks.length === 0) {
    throw new AssemblyError(join(root, 'manifest.json'), 'the cloud assembly holds no stack', 'Add a Stack to the app, then run: npx cdk synth');
  }
  return stacks;
}

function loadManifest(directory: string, root: string, stageDepth: number): StackTemplate[] {
  if (stageDepth > MAXIMUM_STAGE_DEPTH) throw new AssemblyError(directory, `stages are nested deeper than ${MAXIMUM_STAGE_DEPTH} levels`, SYNTHESIZE_AGAIN);
  const file = manifestFile(directory);
  const artifacts = readArtifacts(file);
  const stacks: StackTemplate[] = [];
  // The ids of the stacks that an artifact stands for, or (an asset manifest) passes on from its own dependencies.
  const stackIds = new Map<string, readonly string[]>();
  for (const artifact of inDependencyOrder(artifacts, file)) {
    const required = [...new Set(artifact.dependencies.flatMap(id => stackIds.get(id) ?? []))];
    if (artifact.type === 'aws:cloudformation:stack') {
      stacks.push(loadStack(artifact, required, directory, root, file));
      stackIds.set(artifact.id, [artifact.id]);
    } else if (artifact.type === 'cdk:cloud-assembly') {
      const name = textProperty(ownProperty(artifact.definition, 'properties'), 'directoryName', file, artifact);
      const nested = loadManifest(inside(root, directory, name, file), root, stageDepth + 1)
        .map(stack => ({ ...stack, dependencies: [...new Set([...required, ...stack.dependencies])] }));
      stacks.push(...nested);
      stackIds.set(artifact.id, nested.map(stack => stack.id));
    } else {
      stackIds.set(artifact.id, required);
    }
  }
  return stacks;
}

function manifestFile(directory: string): string {
  const file = join(directory, 'manifest.json');
  if (existsSync(file)) return file;
  const remedy = 'Run npx cdk synth in the app and give the directory it writes (cdk.out)';
  if (!existsSync(directory)) throw new AssemblyError(directory, 'no such directory', remedy);
  if (!statSync(directory).isDirectory()) throw new AssemblyError(directory, 'not a directory', remedy);
  const nested = join(directory, 'cdk.out');
  if (basename(directory) !== 'cdk.out' && existsSync(join(nested, 'manifest.json'))) {
    throw new AssemblyError(directory, 'not a cloud assembly (it has no manifest.json)', `Its cdk.out is one: give ${nested}`);
  }
  throw new AssemblyError(directory, 'not a cloud assembly (it has no manifest.json)', remedy);
}

function readArtifacts(file: string): Artifact[] {
  const artifacts = ownProperty(readJsonObject(file), 'artifacts') ?? {};
  if (!isObject(artifacts)) throw new AssemblyError(file, '"artifacts" is not an object', SYNTHESIZE_AGAIN);
  return Object.entries(artifacts).map(([id, definition]) => {
    const type = ownProperty(definition, 'type');
    if (!isObject(definition) || typeof type !== 'string') throw new AssemblyError(file, `artifact ${id} has no "type"`, SYNTHESIZE_AGAIN);
    const dependencies = ownProperty(definition, 'dependencies') ?? [];
    if (!Array.isArray(dependencies)) throw new AssemblyError(file, `artifact ${id}: "dependencies" is not a list`, SYNTHESIZE_AGAIN);
    return { id, type, definition, dependencies: dependencies.map(String) };
  });
}

function inDependencyOrder(artifacts: readonly Artifact[], file: string): Artifact[] {
  const remaining = new Map(artifacts.map(artifact => [artifact.id, artifact]));
  const ordered: Artifact[] = [];
  while (remaining.size > 0) {
    // A dependency on an artifact that the manifest does not hold is no obstacle: the CDK leaves some out of partial assemblies.
    const ready = [...remaining.values()].filter(artifact => !artifact.dependencies.some(id => remaining.has(id)));
    if (ready.length === 0) throw new AssemblyError(file, `artifacts depend on one another: ${[...remaining.keys()].join(', ')}`, SYNTHESIZE_AGAIN);
    for (const artifact of ready) remaining.delete(artifact.id);
    ordered.push(...ready);
  }
  return ordered;
}

function loadStack(artifact: Artifact, dependencies: readonly string[], directory: string, root: string, file: string): StackTemplate {
  const properties = ownProperty(artifact.definition, 'properties');
  const templateFile = inside(root, directory, textProperty(properties, 'templateFile', file, artifact), file);
  if (!existsSync(templateFile)) throw new AssemblyError(templateFile, `the template of stack ${artifact.id} is missing`, SYNTHESIZE_AGAIN);
  const template = readJsonObject(templateFile);
  const stackName = ownProperty(properties, 'stackName');
  const displayName = ownProperty(artifact.definition, 'displayName');
  return {
    name: typeof stackName === 'string' ? stackName : artifact.id,
    id: artifact.id,
    constructPath: typeof displayName === 'string' ? displayName : artifact.id,
    template,
    templateFile,
    directory,
    ...readEnvironment(ownProperty(artifact.definition, 'environment')),
    parameters: Object.fromEntries(entriesOf(ownProperty(properties, 'parameters')).map(([name, value]) => [name, String(value)])),
    dependencies,
    constructPaths: readConstructPaths(artifact, template, root, directory, file),
  };
}

function readEnvironment(environment: unknown): { account?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  return {
    ...(account === undefined || account === 'unknown-account' ? {} : { account }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
  };
}

/** Newer CDKs keep a stack's metadata in a file of its own; a resource may carry its path in the template as well. */
function readConstructPaths(artifact: Artifact, template: JsonObject, root: string, directory: string, file: string): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [logicalId, resource] of entriesOf(ownProperty(template, 'Resources'))) {
    const path = ownProperty(ownProperty(resource, 'Metadata'), 'aws:cdk:path');
    if (typeof path === 'string') paths.set(logicalId, path);
  }
  const metadata = [ownProperty(artifact.definition, 'metadata')];
  const metadataFile = ownProperty(artifact.definition, 'additionalMetadataFile');
  if (typeof metadataFile === 'string') {
    const path = inside(root, directory, metadataFile, file);
    // Construct paths only make messages better: an assembly that was copied without them still runs.
    if (existsSync(path)) metadata.push(readJsonObject(path));
  }
  for (const [path, entries] of metadata.flatMap(entriesOf)) {
    if (!Array.isArray(entries)) continue;
    const logicalId = entries.find(entry => ownProperty(entry, 'type') === 'aws:cdk:logicalId');
    const name = ownProperty(logicalId, 'data');
    if (typeof name === 'string') paths.set(name, path.replace(/^\//, ''));
  }
  return paths;
}

function textProperty(properties: unknown, name: string, file: string, artifact: Artifact): string {
  const value = ownProperty(properties, name);
  if (typeof value !== 'string') throw new AssemblyError(file, `artifact ${artifact.id} has no "properties.${name}"`, SYNTHESIZE_AGAIN);
  return value;
}

/** A path that a manifest names: the manifest speaks of its own assembly, never of files elsewhere on the machine. */
function inside(root: string, directory: string, name: string, file: string): string {
  const path = resolve(directory, name);
  const fromRoot = relative(root, path);
  if (fromRoot === '..' || /^\.\.[\\/]/.test(fromRoot) || isAbsolute(fromRoot)) {
    throw new AssemblyError(file, `names ${name}, which lies outside the assembly`, SYNTHESIZE_AGAIN);
  }
  return path;
}

function readJsonObject(file: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? `not valid JSON (${error.message})` : `cannot be read (${(error as Error).message})`;
    throw new AssemblyError(file, problem, SYNTHESIZE_AGAIN, error);
  }
  if (!isObject(parsed)) throw new AssemblyError(file, 'not a JSON object', SYNTHESIZE_AGAIN);
  return parsed;
}
