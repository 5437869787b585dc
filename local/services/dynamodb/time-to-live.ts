import { Store } from './store';
import { Table, Tables } from './tables';
import { ServiceContext } from '../../kernel/contracts';

/** AWS promises days; a minute shows the effect without waiting for it. */
const SWEEP_MILLISECONDS = 60_000;
/** AWS never deletes what expired longer ago than this: it takes such a time for a mistake. */
const OLDEST_SECONDS = 5 * 365 * 24 * 60 * 60;

/** Deletes items whose time has passed. */
export class TimeToLive {
  private cancel?: () => void;

  constructor(private readonly context: ServiceContext, private readonly store: Store, private readonly tables: Tables) {}

  start(): void {
    this.cancel = this.context.clock.schedule(SWEEP_MILLISECONDS, () => {
      this.sweep()
        .catch(error => this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'dynamodb', message: `Expired items were not deleted: ${error}` }))
        .finally(() => this.start());
    });
  }

  stop(): void {
    this.cancel?.();
  }

  private async sweep(): Promise<void> {
    for (const table of this.tables.all()) {
      if (table.timeToLiveAttribute !== undefined) {
        await this.sweepTable(table, table.timeToLiveAttribute);
      }
    }
  }

  private async sweepTable(table: Table, attribute: string): Promise<void> {
    const now = Math.floor(this.context.clock.now() / 1000);
    const expired = {
      FilterExpression: '#expiry < :now AND #expiry > :oldest',
      ExpressionAttributeNames: { '#expiry': attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':oldest': { N: String(now - OLDEST_SECONDS) } },
    };
    let startKey: object | undefined;
    do {
      const page = await this.store.run('Scan', { TableName: table.name, ...expired, ...(startKey && { ExclusiveStartKey: startKey }) });
      for (const item of page.Items) {
        await this.deleteIfExpired(table, item, expired);
      }
      startKey = page.LastEvaluatedKey;
    } while (startKey);
  }

  /** The item may have been written again since it was read. */
  private async deleteIfExpired(table: Table, item: Record<string, unknown>, { FilterExpression, ...names }: { FilterExpression: string }): Promise<void> {
    const key = Object.fromEntries(table.keyNames.map(name => [name, item[name]]));
    await this.store.run('DeleteItem', { TableName: table.name, Key: key, ConditionExpression: FilterExpression, ...names }).catch(error => {
      if (error.code !== 'ConditionalCheckFailedException') {
        throw error;
      }
    });
  }
}
