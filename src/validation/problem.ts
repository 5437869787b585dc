const NAMESPACE = 'cdk-lambdaless-websockets';

/** What is wrong, and the identifier under which docs/problems.md has more to say. */
export function problem(id: string, message: string): string {
  return `${message} [${NAMESPACE}:${id}]`;
}
