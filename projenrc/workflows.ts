import { awscdk, Component } from 'projen';
import { GithubWorkflow } from 'projen/lib/github';
import { Job, JobPermission, JobStep } from 'projen/lib/github/workflows-model';
import { checkout, download, languages, node, publishToPyPi, upload } from './actions';

/** The Node with which releases are made: its npm publishes without a secret. */
const RELEASE_NODE = '24';
const PUBLIB = 'publib@0.2.1061';

/** What GitHub runs: each change on what users have, and each tag of a release. */
export class Workflows extends Component {
  constructor(private readonly awsCdkProject: awscdk.AwsCdkConstructLibrary) {
    super(awsCdkProject);
    this.build();
    this.release();
  }

  private build(): void {
    const workflow = this.workflow('build');
    workflow.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
    workflow.addJobs({
      ci: job({ contents: JobPermission.READ }, [
        checkout(),
        node('${{ matrix.node }}'),
        { run: 'bash .ci/run' },
      ], { runsOn: ['ubuntu-latest'], timeoutMinutes: 90, strategy: { failFast: false, matrix: { domain: { node: ['20', '22', '24'] } } } }),
      systems: job({ contents: JobPermission.READ }, [
        checkout(),
        node('${{ matrix.node }}'),
        { run: 'npm ci' },
        { run: 'npx projen bundle' },
        { run: 'npx jest' },
        { run: 'npx projen integ' },
        { run: 'npx projen test:package' },
      ], {
        runsOn: ['${{ matrix.os }}'],
        timeoutMinutes: 90,
        env: { CDK_VALIDATION: 'false' },
        strategy: { failFast: false, matrix: { domain: { os: ['macos-latest', 'windows-latest'], node: ['20', '22', '24'] } } },
      }),
      languages: job({ contents: JobPermission.READ }, [
        checkout(),
        node(RELEASE_NODE),
        ...languages,
        { run: 'npm ci' },
        { run: 'npx projen test:languages' },
      ], { timeoutMinutes: 90 }),
    });
  }

  private release(): void {
    const workflow = this.workflow('release');
    workflow.on({ push: { tags: ['v*'] } });
    const npmTag = "${{ contains(github.ref_name, '-') && 'next' || 'latest' }}";
    const prerelease = "${{ contains(github.ref_name, '-') }}";
    workflow.addJobs({
      check: job({ contents: JobPermission.READ }, [
        checkout(),
        node(RELEASE_NODE),
        ...languages,
        { run: 'bash .ci/run' },
        { run: 'npx projen test:languages' },
      ], { timeoutMinutes: 150 }),
      package: job({ contents: JobPermission.READ }, [
        checkout({ 'fetch-depth': 0 }),
        node(RELEASE_NODE),
        ...languages,
        { run: 'npm ci' },
        { run: 'npx projen release:package "$GITHUB_REF_NAME"' },
        upload('dist', 'dist'),
      ], { needs: ['check'], timeoutMinutes: 60 }),
      npm: job({ contents: JobPermission.READ, idToken: JobPermission.WRITE }, [
        node(RELEASE_NODE),
        download('dist', 'dist'),
        // The first version of a package, and what a run before this one has published, are there already: what follows goes on.
        {
          run: [
            `if npm view "${this.awsCdkProject.name}@\${GITHUB_REF_NAME#v}" version | grep .; then`,
            '  echo "npm has this version already."',
            'else',
            '  npm publish --provenance --access public --tag "$NPM_TAG" dist/js/*.tgz',
            'fi',
          ].join('\n'),
          env: { NPM_TAG: npmTag },
        },
      ], { needs: ['package'], environment: 'release' }),
      pypi: job({ contents: JobPermission.READ, idToken: JobPermission.WRITE }, [
        download('dist', 'dist'),
        publishToPyPi('dist/python'),
      ], { needs: ['npm'], environment: 'release', if: "vars.PUBLISH_PYPI == 'true'" }),
      maven: job({ contents: JobPermission.READ }, [
        node(RELEASE_NODE),
        ...languages,
        download('dist', 'dist'),
        {
          run: `npx --yes --package ${PUBLIB} publib-maven dist/java`,
          env: {
            MAVEN_SERVER_ID: 'central-ossrh',
            MAVEN_USERNAME: '${{ secrets.MAVEN_USERNAME }}',
            MAVEN_PASSWORD: '${{ secrets.MAVEN_PASSWORD }}',
            MAVEN_GPG_PRIVATE_KEY: '${{ secrets.MAVEN_GPG_PRIVATE_KEY }}',
            MAVEN_GPG_PRIVATE_KEY_PASSPHRASE: '${{ secrets.MAVEN_GPG_PRIVATE_KEY_PASSPHRASE }}',
          },
        },
      ], { needs: ['npm'], environment: 'release', if: "vars.PUBLISH_MAVEN == 'true'" }),
      go: job({ contents: JobPermission.READ }, [
        node(RELEASE_NODE),
        ...languages,
        download('dist', 'dist'),
        {
          run: `npx --yes --package ${PUBLIB} publib-golang dist/go`,
          env: { GITHUB_TOKEN: '${{ secrets.GO_GITHUB_TOKEN }}', GIT_USER_NAME: 'github-actions', GIT_USER_EMAIL: 'github-actions@github.com' },
        },
      ], { needs: ['npm'], environment: 'release', if: "vars.PUBLISH_GO == 'true'" }),
      github: job({ contents: JobPermission.WRITE }, [
        checkout(),
        download('dist', 'dist'),
        {
          run: 'gh release create "$GITHUB_REF_NAME" --verify-tag --prerelease="$PRERELEASE" --notes-file dist/notes.md dist/js/*.tgz',
          env: { GH_TOKEN: '${{ github.token }}', PRERELEASE: prerelease },
        },
      ], { needs: ['npm'] }),
    });
  }

  private workflow(name: string): GithubWorkflow {
    return new GithubWorkflow(this.awsCdkProject.github!, name);
  }
}

function job(permissions: Job['permissions'], steps: JobStep[], more: Partial<Job> = {}): Job {
  return { runsOn: ['ubuntu-latest'], permissions, steps, ...more };
}
