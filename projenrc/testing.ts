import { readdirSync } from 'fs';
import { awscdk, Component } from 'projen';

/** The validator of newer CDK versions costs seconds for each process; one test has it on. */
const FAST = { CDK_VALIDATION: 'false' };

/** What `npm test` does, in the order in which it fails soonest. */
export class Testing extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const integration = project.addTask('integ', {
      description: 'Drive the examples on the local runtime with real clients',
      steps: [
        { exec: 'node local/bundle.mjs' },
        ...examples().map(name => ({ exec: driven(name, name) })),
      ],
    });
    project.addTask('integ:browser', {
      description: 'Drive the page of webchat, the browser client and the inspector in a Chromium that is installed, or that CHROMIUM names',
      steps: [
        { exec: 'node local/bundle.mjs' },
        { exec: driven('webchat', 'webchat-page') },
        { exec: 'node client/bundle.mjs' },
        { exec: 'jest --config integ/jest.config.json integ/event-client.integ' },
        { exec: driven('lambdaless-eventbridge', 'inspector-page', '--inspect') },
      ],
    });
    project.addTask('screenshots', {
      description: 'Take the pictures in docs/images with a Chromium that is installed, or that CHROMIUM names',
      steps: [
        { exec: 'node local/bundle.mjs' },
        { exec: `${beside('lambdaless-eventbridge', '--inspect')} tsx --tsconfig tsconfig.dev.json integ/screenshots.ts` },
      ],
    });
    const runner = 'integ-runner --config integ/runner.json';
    const snapshots = project.addTask('integ:snapshots', {
      description: 'Hold the templates of the examples against the snapshots in integ/',
      env: FAST,
      steps: [{ exec: runner }],
    });
    project.addTask('integ:snapshots:update', {
      description: 'Make the snapshots in integ/ anew, without a deployment',
      steps: [{ exec: `${runner} --dry-run --force --update-on-failed` }],
      env: FAST,
    });
    project.addTask('integ:deploy', {
      description: 'Deploy examples to AWS, drive them with real clients, and take them away again; the arguments name them, as integ.echo.ts',
      steps: [{ exec: `${runner} --force --update-on-failed`, receiveArgs: true }],
    });
    const snippets = project.addTask('snippets', {
      description: 'Compile every snippet of the README against the library',
      steps: [
        { exec: 'jsii --silence-warnings=reserved-word' },
        { exec: 'jsii-rosetta extract --strict' },
      ],
    });
    project.addTask('test:package', {
      description: 'Publish the packed library to a registry on this machine, install it into empty apps and use it, with the oldest and the newest peer',
      steps: [
        { exec: 'jsii --silence-warnings=reserved-word' },
        { exec: 'node local/bundle.mjs' },
        { exec: 'node local/declarations.mjs' },
        { exec: 'node client/bundle.mjs' },
        { exec: 'node test/package/run.mjs' },
      ],
    });

    project.package.setScript('attack', 'node test/security/run.mjs');
    project.addTask('test:languages', {
      description: 'Synthesize an app in Python, Java and Go with packages of the library in these languages',
      steps: [
        { exec: 'jsii --silence-warnings=reserved-word' },
        { exec: 'node test/package/languages.mjs', receiveArgs: true },
      ],
    });

    const shell = project.addTask('test:shell', {
      description: 'Run the commands of all pages',
      steps: [
        { exec: 'node local/bundle.mjs' },
        { exec: 'node test/docs/shell/run.mjs', receiveArgs: true },
      ],
    });
    project.addTask('test:links', {
      description: 'Ask for every page of others that the pages here link to',
      steps: [{ exec: 'tsx --tsconfig tsconfig.dev.json test/docs/external-links.ts' }],
    });

    project.testTask.reset();
    project.testTask.exec('tsc --noEmit -p tsconfig.dev.json');
    project.testTask.exec('jest', { receiveArgs: true });
    project.testTask.spawn(snippets);
    project.testTask.spawn(integration);
    project.testTask.spawn(snapshots);
    project.testTask.spawn(shell);

    Object.entries(FAST).forEach(([name, value]) => project.testTask.env(name, value));
  }
}

/** Runs an example, and a test that drives it. */
function driven(example: string, test: string, ...options: string[]): string {
  return `${beside(example, ...options)} jest --config integ/jest.config.json integ/${test}.integ`;
}

/** Runs an example, and beside it the command that follows. */
function beside(example: string, ...options: string[]): string {
  return ['node bin/lambdaless.js exec --quiet', ...options, `--app "tsx --tsconfig tsconfig.dev.json examples/${example}/app.ts" --`].join(' ');
}

/** Each example is an app, and a test by its name drives it. */
function examples(): string[] {
  return readdirSync('examples', { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort();
}
