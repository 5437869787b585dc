/** Deploys templates and renders mapping templates that somebody sends, and tells what became of each. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileMappingTemplate, VtlRuntimeError, VtlSyntaxError } from '../../local/engines/vtl';
import { systemClock } from '../../local/kernel/clock';
import { Deployment } from '../../local/kernel/deployment';
import { Kernel } from '../../local/kernel/kernel';
import { ProvisioningError } from '../../local/kernel/provisioning-error';
import { systemRandomness } from '../../local/kernel/randomness';
import { loadTemplate, TemplateError, TemplateFileError } from '../../local/kernel/template';
import { Trace } from '../../local/kernel/trace';
import { SERVICES } from '../../local/main';

const REFUSALS = [ProvisioningError, TemplateError, TemplateFileError, VtlRuntimeError, VtlSyntaxError];
const file = join(mkdtempSync(join(tmpdir(), 'lambdaless-soak-')), 'template.json');

async function deploy(text: string): Promise<void> {
  writeFileSync(file, text);
  const stack = loadTemplate(file);
  const kernel = new Kernel({ services: SERVICES, clock: systemClock, randomness: systemRandomness, trace: new Trace(), endpoint: () => 'http://127.0.0.1:9' });
  try {
    await new Deployment(kernel).deploy([stack]);
  } finally {
    for (const service of kernel.services) {
      await service.stop?.();
    }
  }
}

process.on('message', async ({ kind, text, body }: { kind: 'stack' | 'mapping' | 'memory'; text: string; body: string }) => {
  try {
    if (kind === 'memory') {
      (globalThis as { gc?: () => void }).gc?.();
      process.send!({ outcome: 'ok', memory: process.memoryUsage().heapUsed });
      return;
    }
    await (kind === 'stack' ? deploy(text) : compileMappingTemplate(text).render({ body, context: { connectionId: 'c' } }));
    process.send!({ outcome: 'ok' });
  } catch (error) {
    // Whatever is wrong with a resource is told with its place, in one line.
    const isRefusal = REFUSALS.some(refusal => error instanceof refusal);
    process.send!(isRefusal ? { outcome: 'refused' } : { outcome: 'bug', message: (error as Error)?.stack ?? String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send!({ outcome: 'ready' });
