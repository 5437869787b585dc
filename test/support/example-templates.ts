import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { loadAssembly } from '../../local/kernel/template';

const EXAMPLES = join(__dirname, '../../examples');

export interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export type Resources = Record<string, Resource>;

/** The resources of every example, as it is synthesized, by the example's name. */
export function exampleTemplates(): [name: string, resources: Resources][] {
  const names = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  return names.map(name => [name, synthesized(name)]);
}

/** An app is synthesized at the end of its process, which here is at once. */
function synthesized(example: string): Resources {
  const directory = mkdtempSync(join(tmpdir(), 'example-'));
  const atTheEnd: (() => void)[] = [];
  const once = jest.spyOn(process, 'once').mockImplementation((_event, listener) => {
    atTheEnd.push(listener as () => void);
    return process;
  });
  process.env.CDK_OUTDIR = directory;
  try {
    jest.isolateModules(() => jest.requireActual(join(EXAMPLES, example, 'app.ts')));
    atTheEnd.forEach(synthesize => synthesize());
    return Object.assign({}, ...loadAssembly(directory).map(({ template }) => (template as { Resources: Resources }).Resources));
  } finally {
    delete process.env.CDK_OUTDIR;
    once.mockRestore();
    rmSync(directory, { recursive: true, force: true });
  }
}
