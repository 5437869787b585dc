import { awscdk, Component, javascript } from 'projen';
import { compileRoot } from './compile-root';

/** The second compile root: `local/`, type-checked on its own and bundled into the one file behind the `lambdaless` command. */
export class LocalRuntime extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    compileRoot(project, 'local', { types: ['node', 'ws'] });
    compileRoot(project, 'local/inspector/page', {
      // Of the runtime the page knows what it is told.
      rootDir: '../..',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      jsx: javascript.TypeScriptJsxMode.REACT_JSX,
      jsxImportSource: 'preact',
    }, ['**/*.ts', '**/*.tsx']);
    project.addGitIgnore('/bin/');
    project.addGitIgnore('cdk.out/');
    project.addGitIgnore('/integ/*.outputs.json');
    project.addGitIgnore('/integ/cdk-integ.out.*');
    project.addGitIgnore('/bench/yardsticks/*/target/');
    project.addPackageIgnore('!/bin/');
    // As large as all the rest of the package together.
    project.addPackageIgnore('/bin/*.map');
    project.addPackageIgnore('/test-reports');
    for (const folder of ['local', 'integ', 'bench', 'soak', 'examples', 'docs', 'simulation', 'projenrc', '.ci', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md']) {
      project.addPackageIgnore(`/${folder}`);
    }

    const bundle = project.addTask('bundle', {
      description: 'Type-check and bundle the local runtime',
      steps: [
        { exec: 'tsc -p local/tsconfig.json' }, { exec: 'tsc -p local/inspector/page/tsconfig.json' }, { exec: 'node local/bundle.mjs' }, { exec: 'node local/declarations.mjs' },
      ],
    });
    project.postCompileTask.spawn(bundle);
    project.postCompileTask.spawn(project.addTask('support-matrix', {
      description: 'Write docs/support-matrix.md',
      steps: [{ exec: 'node local/bundle.mjs' }, { exec: 'node bin/lambdaless.js support > docs/support-matrix.md' }],
    }));

    // Plain scripts, not projen tasks: what they print belongs to the command they run.
    project.package.setScript('lambdaless', 'node local/bundle.mjs && node bin/lambdaless.js');
    project.package.setScript('start', 'node local/bundle.mjs && node examples/start.mjs');
    project.package.setScript('send', 'node examples/send.mjs');
    project.package.setScript('simulate', 'node simulation/run.mjs');
    project.package.setScript('soak', 'node local/bundle.mjs && tsx --tsconfig tsconfig.dev.json soak/run.ts');
    project.package.setScript('bench', 'node local/bundle.mjs && node bench/run.mjs');
    project.package.setScript('bench:page', 'node local/bundle.mjs && node bench/run.mjs --write docs/benchmarks.md');
  }
}
