import { awscdk, Component } from 'projen';
import { compileRoot } from './compile-root';

/** The third compile root: `client/`, for browsers, bundled into bin/client. */
export class BrowserClient extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    compileRoot(project, 'client', { lib: ['es2022', 'dom'], types: [] });
    project.addPackageIgnore('/client');
    project.postCompileTask.spawn(project.addTask('bundle:client', {
      description: 'Type-check and bundle the browser client',
      steps: [{ exec: 'tsc -p client/tsconfig.json' }, { exec: 'node client/bundle.mjs' }],
    }));
  }
}
