/** A runtime in a process of its own, which tells whoever has started it what became of it. Arguments: those of startRuntime, as JSON. */
import { loadAssembly, loadTemplate } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';

const { assembly, template, faults } = JSON.parse(process.argv[2]) as { assembly?: string; template?: string; faults?: string };
const failures: string[] = [];
let failed = 0;

/** What is asked by a message, and what it is answered. */
const answers: Record<string, (runtime: Runtime) => unknown> = {
  faults: runtime => runtime.faults.states().map(({ rule: { name }, seen, injected }) => ({ name, seen, injected })),
  failures: () => ({ count: failed, first: failures }),
  memory: () => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage();
  },
};

async function main(): Promise<void> {
  const runtime = await startRuntime({
    stacks: assembly === undefined ? [loadTemplate(template!)] : loadAssembly(assembly),
    port: 0,
    faults,
    watch: trace => trace.subscribe(entry => {
      if (entry.kind === 'failure') {
        failed++;
        if (failures.length < 50) {
          failures.push(`${entry.source}: ${entry.message}`);
        }
      }
    }),
  });
  process.on('message', (question: string) => process.send!({ question, answer: answers[question](runtime) ?? null }));
  process.on('disconnect', () => process.exit());
  process.send!({ question: 'ready', answer: { endpoint: runtime.endpoint, apis: runtime.apis, stacks: runtime.stacks } });
}

void main();
