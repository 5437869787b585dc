import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package that engines are held against, which is installed beside the folder's files when somebody asks for it. */
export class Yardstick {
  /** All that the suites know. */
  static known = [];

  static ofPackages(name, ...packages) {
    return new Yardstick(name, ['npm', 'install', '--no-save', '--prefix', `bench/yardsticks/${name}`, ...packages]);
  }

  /** A project of Maven in the folder; Java compiles what is beside it when it runs. */
  static ofMaven(name) {
    return new Yardstick(name, ['mvn', '--quiet', '--file', `bench/yardsticks/${name}/pom.xml`, 'dependency:copy-dependencies']);
  }

  constructor(name, command) {
    this.name = name;
    this.command = command;
    this.directory = fileURLToPath(new URL(`../yardsticks/${name}/`, import.meta.url));
    Yardstick.known.push(this);
  }

  /** How to add it. */
  get remedy() {
    return this.command.join(' ');
  }

  /** Adds it, or says that it cannot. */
  install() {
    const [command, ...args] = this.command;
    try {
      execFileSync(command, args, { cwd: fileURLToPath(new URL('../..', import.meta.url)), stdio: ['ignore', 'ignore', 'pipe'] });
      console.log(`installed: ${this.name}`);
    } catch (error) {
      console.log(`not installed: ${this.name}. ${error.stderr ?? error.message}`);
    }
  }

  has(path) {
    return existsSync(this.pathOf(path));
  }

  pathOf(path) {
    return join(this.directory, path);
  }

  require(module) {
    return createRequire(join(this.directory, 'from-here.cjs'))(module);
  }

  /** Runs a command in the folder to its end; its last line is the answer, as JSON. */
  answer(command, args) {
    const output = execFileSync(command, args, { cwd: this.directory, encoding: 'utf8', maxBuffer: 2 ** 26 });
    return JSON.parse(output.trim().split('\n').at(-1));
  }
}
