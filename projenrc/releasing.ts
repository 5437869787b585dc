import { awscdk, Component } from 'projen';

/** How a release is made, on any machine: the workflow does the same and then publishes. */
export class Releasing extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.package.setScript('release', 'node release/prepare.mjs');
    project.tasks.tryFind('compat')?.reset('node release/compatibility.mjs');
    project.addTask('release:package', {
      description: 'Make the packages of a release for all languages, in dist/; the argument is the tag',
      env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
      steps: [
        { exec: 'node release/prepare.mjs', receiveArgs: true },
        { exec: 'jsii --silence-warnings=reserved-word' },
        { spawn: 'compat' },
        { spawn: 'bundle' },
        { spawn: 'bundle:client' },
        { exec: 'jsii-pacmak --parallel=false --targets js python java go' },
      ],
    });
    // Made of the history, for the package.
    project.addGitIgnore('/CHANGELOG.md');
    for (const file of ['release', 'AGENTS.md', 'SECURITY.md', '.devcontainer', '.compatignore']) {
      project.addPackageIgnore(`/${file}`);
    }
  }
}
