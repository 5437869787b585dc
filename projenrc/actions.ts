import { JobStep } from 'projen/lib/github/workflows-model';

/** The actions that the workflows use, pinned to commits; what the commits are called stands beside them. */
const ACTIONS = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  node: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
  python: 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97', // v7.0.0
  java: 'actions/setup-java@b6effb05e454b25005698d916606bdc6ffcbf961', // v5.7.0
  go: 'actions/setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e', // v7.0.0
  upload: 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', // v7.0.1
  download: 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', // v8.0.1
  publishToPyPi: 'pypa/gh-action-pypi-publish@dc37677b2e1c63e2034f94d8a5b11f265b73ba33', // v1.14.2
};

export const checkout = (inputs: Record<string, unknown> = {}): JobStep => ({ uses: ACTIONS.checkout, with: { 'persist-credentials': false, ...inputs } });
export const node = (version: string): JobStep => ({ uses: ACTIONS.node, with: { 'node-version': version } });
export const upload = (name: string, path: string): JobStep => ({ uses: ACTIONS.upload, with: { name, path, 'if-no-files-found': 'error' } });
export const download = (name: string, path: string): JobStep => ({ uses: ACTIONS.download, with: { name, path } });
export const publishToPyPi = (directory: string): JobStep => ({ uses: ACTIONS.publishToPyPi, with: { 'packages-dir': directory, 'skip-existing': true } });

/** What packages for other languages are made with. */
export const languages: JobStep[] = [
  { uses: ACTIONS.python, with: { 'python-version': '3.12' } },
  { uses: ACTIONS.java, with: { 'distribution': 'temurin', 'java-version': '17' } },
  { uses: ACTIONS.go, with: { 'go-version': '1.25', 'cache': false } },
];
