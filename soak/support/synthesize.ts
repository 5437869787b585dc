import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A directory that lasts as long as this process. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'lambdaless-soak-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The cloud assembly of an example. */
export function synthesizeExample(name: string): string {
  return synthesize(join(ROOT, `examples/${name}/app.ts`));
}

/** The cloud assembly of an app. */
export function synthesize(app: string): string {
  const directory = temporaryDirectory();
  execFileSync(process.execPath, ['--import', 'tsx', '--no-warnings', app], {
    cwd: ROOT,
    env: { ...process.env, CDK_OUTDIR: directory, CDK_VALIDATION: 'false', TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.dev.json') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return directory;
}
