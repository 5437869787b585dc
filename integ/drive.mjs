// What integ-runner runs around a deployment.
// Usage: node drive.mjs --has [<variable>...]   fails when the environment lacks one of them
//        node drive.mjs <example>               runs the example's test against the deployment whose outputs are in integ.<example>.outputs.json
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [first, ...variables] = process.argv.slice(2);
if (first === '--has') {
  const missing = variables.filter(variable => !process.env[variable]);
  if (missing.length > 0) {
    console.error(`${missing.join(', ')} is not set: the file integ.<example>.ts says what for.`);
    process.exit(1);
  }
} else {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const outputs = fileURLToPath(new URL(`integ.${first}.outputs.json`, import.meta.url));
  const { status } = spawnSync(process.execPath, [jest, '--config', 'integ/jest.config.json', `integ/${first}.integ`], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, LAMBDALESS_OUTPUTS: outputs },
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
