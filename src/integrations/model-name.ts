import { Construct } from 'constructs';

/** Models are named by letters and digits, once in each API. */
export function modelName(scope: Construct, id: string = ''): string {
  return `${scope.node.id}${id}`.replace(/[^A-Za-z0-9]/g, '').slice(0, 90) + scope.node.addr.slice(-8);
}
