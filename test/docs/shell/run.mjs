// Runs the commands of all `sh` blocks of the project's pages, or names those that it does not run, and why.
// Usage: node test/docs/shell/run.mjs [part of a page's name]
// What a command that is not run names has to be there all the same: scripts, tasks, files, options.
// A command that goes on until it is stopped has to say that it runs, and to stop when asked. Commands of a block `sh while-running` run beside the example of the
// README, whose identifiers stand in for their places.
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeApp } from './app.mjs';
import { commandsOf } from './blocks.mjs';
import { missingIn } from './missing.mjs';

const PATIENCE = 120_000;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const commands = commandsOf(root).filter(({ page }) => page.includes(process.argv[2] ?? ''));
const app = makeApp(root);
let failed = 0;

/** A command that is under way, and what it has said so far. */
class Running {
  constructor(command, cwd) {
    this.output = '';
    // A group of its own: what a shell starts is stopped with it, as by Ctrl-C.
    this.child = spawn(command, { cwd, shell: true, detached: true, env: { ...process.env, CDK_VALIDATION: 'false' }, stdio: ['pipe', 'pipe', 'pipe'] });
    [this.child.stdout, this.child.stderr].forEach(stream => stream.on('data', chunk => { this.output += chunk; }));
    this.ended = new Promise(resolve => this.child.once('close', (code, signal) => resolve(code ?? signal)));
  }

  async says(text) {
    const deadline = Date.now() + PATIENCE;
    while (!text.test(this.output)) {
      if (this.child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`it did not say ${text}, but:\n${this.output}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return text.exec(this.output);
  }

  async stop() {
    if (this.child.exitCode === null) {
      process.kill(-this.child.pid, 'SIGINT');
    }
    return this.ended;
  }
}

async function run(command, cwd) {
  const running = new Running(command, cwd);
  if (/^npm start|lambdaless local/.test(command)) {
    await running.says(/Ctrl-C stops|"ready":true/);
    const end = await running.stop();
    if (end !== 0 && end !== 130 && end !== 'SIGINT') {
      throw new Error(`it ended with ${end}:\n${running.output}`);
    }
    return;
  }
  const end = await Promise.race([running.ended, new Promise((_, reject) => setTimeout(() => reject(new Error('it does not end')), PATIENCE).unref())]);
  if (end !== 0) {
    throw new Error(`it ended with ${end}:\n${running.output}`);
  }
}

/** Where a command is at home: the reader's app, a new folder for what makes an app, or the project. */
function directoryOf(command) {
  return /lambdaless init/.test(command) ? join(app, 'new') : command.includes('npx lambdaless') ? app : root;
}

/** The conversation of the README: an example runs, a client listens, an event is sent, and the client has it. */
async function converse(conversation) {
  const example = new Running('npm start', root);
  const clients = [];
  try {
    const [, api] = await example.says(/ws:\/\/127\.0\.0\.1:4510\/([^/\s]+)\/live/);
    const [, bus] = await example.says(/BusName = (\S+)/);
    for (const { command } of conversation) {
      const filled = command.replaceAll('<api>', api).replaceAll('<bus>', bus);
      if (filled.includes('wscat')) {
        const client = new Running(filled, root);
        clients.push(client);
        await client.says(/"type":"subscribed"/);
      } else if (/(^| )aws /.test(filled) && spawnSync('aws', ['--version']).status !== 0) {
        console.log(`skipped: ${command} (this machine has no AWS CLI)`);
      } else {
        await run(filled, root);
        await clients[0].says(/"detail-type":"OrderPlaced"/);
        console.log(`works: ${command}`);
      }
    }
  } finally {
    await Promise.all(clients.map(client => client.stop()));
    await example.stop();
  }
}

async function attempt({ page, line, command }, work) {
  try {
    await work();
    console.log(`works: ${command}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${page}:${line}: ${command}: ${error.message}`);
  }
}

try {
  const missingOf = missingIn(root);
  for (const { page, line, command, skipped } of commands.filter(each => each.skipped)) {
    const missing = missingOf(command);
    failed += missing.length > 0 ? 1 : 0;
    console.log(missing.length > 0 ? `FAILED: ${page}:${line}: ${command}: there is no ${missing.join(', no ')}` : `skipped: ${command} (${skipped})`);
  }
  for (const each of commands.filter(({ skipped, whileRunning }) => !skipped && !whileRunning)) {
    await attempt(each, () => run(each.command, directoryOf(each.command)));
  }
  const conversation = commands.filter(({ whileRunning }) => whileRunning);
  if (conversation.length > 0) {
    await attempt({ ...conversation[0], command: 'the conversation of the README' }, () => converse(conversation));
  }
} finally {
  rmSync(app, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
