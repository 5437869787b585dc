import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package that engines are held against, which is installed beside the folder's files when somebody asks for it. */
export class Yardstick {
  constructor(name, remedy) {
    this.name = name;
    this.remedy = remedy;
    this.directory = fileURLToPath(new URL(`../yardsticks/${name}/`, import.meta.url));
  }

  static ofPackages(name, packages) {
    return new Yardstick(name, `npm i --no-save --prefix bench/yardsticks/${name} ${packages}`);
  }

  has(path) {
    return existsSync(join(this.directory, path));
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
