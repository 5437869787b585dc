import { ObservedEntry, Topology } from './records';

/** The clients, who are no resource of the app. */
export const CLIENTS = 'clients';

/** Finds the node of the picture where something happened. */
export class Places {
  private readonly byName: ReadonlyMap<string, string>;

  constructor(topology: Topology) {
    const names = topology.nodes.flatMap(({ id, kind, names: own, details }) => [
      ...own.map(name => [name, id] as const),
      ...kind === 'rule' ? [[`rule ${String(details.ruleName)}`, id] as const] : [],
    ]);
    this.byName = new Map(names);
  }

  /** The nodes that something passes, in their order; none where it is nowhere in the picture. */
  of(entry: ObservedEntry): string[] {
    switch (entry.kind) {
      case 'message': return [CLIENTS, ...this.named(entry.api, `${entry.api} ${entry.routeKey}`)];
      case 'connect': return [CLIENTS, ...this.named(entry.api, `${entry.api} $connect`)];
      case 'disconnect': return [CLIENTS, ...this.named(entry.api, `${entry.api} $disconnect`)];
      case 'push': return [...this.named(entry.api), CLIENTS];
      case 'event': return this.named(entry.bus);
      case 'delivery': return this.named(`rule ${entry.rule}`);
      case 'execution': return this.named(entry.stateMachine);
      case 'batch': return this.named(entry.pipe);
      case 'call': return this.ofCall(entry.service, Object(entry.input));
      default: return [];
    }
  }

  private ofCall(service: string, input: Record<string, any>): string[] {
    switch (service) {
      case 'dynamodb': return this.named(input.TableName, ...Object.keys(Object(input.RequestItems)), ...(input.TransactItems ?? []).flatMap((each: object) => Object.values(each).map(({ TableName }) => TableName)).slice(0, 1));
      case 'states': return this.named(input.stateMachineArn);
      case 'sqs': return this.named(input.QueueUrl);
      case 'sns': return this.named(input.TopicArn);
      case 'kinesis': return this.named(input.StreamName, input.StreamARN);
      case 'lambda': return this.named(input.FunctionName);
      default: return [];
    }
  }

  private named(...names: unknown[]): string[] {
    return names.flatMap(name => (typeof name === 'string' ? this.byName.get(name) : undefined) ?? []);
  }
}
