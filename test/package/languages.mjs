// Makes packages of the library for Python, Java and Go, and synthesizes an app in each: its template has to be the one that JavaScript makes.
// Usage: node test/package/languages.mjs [python] [java] [go]
// A language whose tools are not on this machine is skipped, by name. The library has to be compiled (npx projen compile). Go compiles the CDK for many minutes.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const cdkVersion = manifest.devDependencies['aws-cdk-lib'];
const directory = mkdtempSync(join(tmpdir(), 'lambdaless-languages-'));

const run = (command, args, cwd = directory, env = {}) => execFileSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });

/** What each language needs on the machine, and how its app is built and run. */
const LANGUAGES = {
  python: {
    tools: [['python3', '--version']],
    synthesize(app, library, output) {
      const python = join(app, process.platform === 'win32' ? '.venv/Scripts/python' : '.venv/bin/python');
      run('python3', ['-m', 'venv', '.venv'], app);
      run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', library, `aws-cdk-lib==${cdkVersion}`], app);
      run(python, ['app.py'], app, output);
    },
  },
  java: {
    tools: [['mvn', '--version'], ['java', '-version']],
    synthesize(app, library, output) {
      // One build of both, so that nothing has to be installed for others to find.
      const modules = join(app, '..', 'build');
      mkdirSync(modules);
      writeFileSync(join(modules, 'pom.xml'), `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>build</groupId>`
        + `<artifactId>build</artifactId><version>1</version><packaging>pom</packaging><modules>${[library, app].map(module => `<module>${relative(modules, module)}</module>`).join('')}</modules></project>`);
      const versions = [`-Dlibrary.version=${manifest.version}`, `-Dcdk.version=${cdkVersion}`];
      run('mvn', ['--quiet', '--batch-mode', 'package', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true', ...versions], modules);
      const classes = [join(app, 'target', 'classes'), join(app, 'target', 'libraries', '*')].join(process.platform === 'win32' ? ';' : ':');
      run('java', ['-cp', classes, 'Consumer'], app, output);
    },
  },
  go: {
    tools: [['go', 'version']],
    synthesize(app, library, output) {
      const { moduleName, packageName } = manifest.jsii.targets.go;
      run('go', ['mod', 'init', 'consumer'], app);
      run('go', ['mod', 'edit', '-replace', `${moduleName}/${packageName}=${join(library, packageName)}`, '-require', `github.com/aws/aws-cdk-go/awscdk/v2@v${cdkVersion}`], app);
      run('go', ['mod', 'tidy'], app);
      run('go', ['run', '.'], app, output);
    },
  },
};

const isThere = ([command, ...args]) => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const templateOf = name => JSON.parse(readFileSync(join(directory, `${name}.out`, 'Consumer.template.json'), 'utf8'));
const differences = (expected, actual) => [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
  .filter(id => !isDeepStrictEqual(expected[id], actual[id]))
  .map(id => `${id}\n  ${JSON.stringify(expected[id])}\n  ${JSON.stringify(actual[id])}`);

try {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(LANGUAGES);
  const here = wanted.filter(name => {
    const missing = LANGUAGES[name].tools.filter(tool => !isThere(tool)).map(([command]) => command);
    if (missing.length > 0) {
      console.log(`skipped: ${name}, since this machine has no ${missing.join(', ')}`);
    }
    return missing.length === 0;
  });

  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(root, join(directory, 'node_modules', manifest.name), 'junction');
  symlinkSync(join(root, 'node_modules', 'aws-cdk-lib'), join(directory, 'node_modules', 'aws-cdk-lib'), 'junction');
  cpSync(fileURLToPath(new URL('npm/app.js', import.meta.url)), join(directory, 'app.js'));
  run('node', ['app.js'], directory, { CDK_OUTDIR: join(directory, 'javascript.out') });

  if (here.length > 0) {
    const packages = join(directory, 'packages');
    run('npx', ['--no-install', 'jsii-pacmak', '--code-only', '--outdir', packages, '--targets', ...here], root);
    for (const name of here) {
      const app = join(directory, name);
      cpSync(fileURLToPath(new URL(name, import.meta.url)), app, { recursive: true });
      LANGUAGES[name].synthesize(app, join(packages, name), { CDK_OUTDIR: join(directory, `${name}.out`) });
      const different = differences(templateOf('javascript').Resources, templateOf(name).Resources);
      if (different.length > 0) {
        throw new Error(`The app in ${name} makes other resources than the one in JavaScript:\n${different.join('\n')}`);
      }
      console.log(`works: ${name}, aws-cdk-lib ${cdkVersion}`);
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
