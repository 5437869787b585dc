/** All tables of the runtime, and what operations on them share. */
import { resourceNotFound, tableNotFound } from './errors';
import { ExpirySweeper } from './expiry-sweeper';
import { Persistence } from './persistence/persistence';
import { Streams } from './streams/streams';
import { Store } from './tables/store';
import { Table, tableArn } from './tables/table';
import { TableDefinition } from './tables/table-definition';
import { AwsError } from '../../kernel/aws-error';
import { Clock, Environment, ServiceContext } from '../../kernel/contracts';

/** What the tables need of their surroundings. */
export type DatabaseContext = Pick<ServiceContext, 'clock' | 'randomness' | 'environment' | 'storage' | 'trace'>;

export class Database {
  readonly clock: Clock;
  readonly expiry: ExpirySweeper;
  readonly streams: Streams;
  private readonly store = new Store();
  private readonly persistence?: Persistence;
  /** Tables that are kept though no template declares them. */
  private readonly inherited: Set<Table>;

  constructor(private readonly context: DatabaseContext) {
    const { clock, storage, trace } = context;
    this.clock = clock;
    this.expiry = new ExpirySweeper(clock, this.store);
    this.streams = new Streams(clock, name => trace.mark(name));
    const report = (error: unknown) => trace.emit({ kind: 'failure', time: clock.now(), source: 'dynamodb', message: `What was written could not be stored: ${String(error)}` });
    this.persistence = storage && new Persistence(storage, report);
    this.inherited = new Set(this.persistence?.restore());
    this.inherited.forEach(table => this.add(table));
  }

  get tables(): Iterable<Table> {
    return this.store.tables;
  }

  /** Whether what is written outlives the process. */
  get isPersistent(): boolean {
    return this.persistence !== undefined;
  }

  /** A table by its name or ARN, if there is one. */
  find(nameOrArn: string): Table | undefined {
    const table = this.store.get(tableNameOf(nameOrArn));
    return nameOrArn.startsWith('arn:') && table?.arn !== nameOrArn ? undefined : table;
  }

  /** The table whose items an operation reads or writes. */
  table(nameOrArn: string): Table {
    const table = this.find(nameOrArn);
    if (!table) {
      throw resourceNotFound();
    }
    return table;
  }

  /** The table that an operation is about. */
  describedTable(nameOrArn: string): Table {
    const table = this.find(nameOrArn);
    if (!table) {
      throw tableNotFound(tableNameOf(nameOrArn));
    }
    return table;
  }

  /** The ARN of a table, or the one it would have. */
  arnOf(nameOrArn: string): string {
    return this.find(nameOrArn)?.arn ?? (nameOrArn.startsWith('arn:') ? nameOrArn : tableArn(this.context.environment, nameOrArn));
  }

  /** Makes a table of a definition that has been checked. */
  create(definition: TableDefinition, environment?: Environment): Table {
    if (this.store.get(definition.TableName)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${definition.TableName}`);
    }
    const table = new Table({
      definition,
      environment: environment ?? this.context.environment,
      id: this.context.randomness.uuid(),
      createdAt: this.clock.now(),
      listener: this.persistence,
    });
    this.add(table);
    this.persistence?.tableCreated(table, () => this.remove(table));
    return table;
  }

  /** Changes what a table is, its items aside. */
  alter(table: Table, change: () => void): void {
    const record = this.persistence?.tableChanges(table);
    change();
    record?.();
  }

  delete(table: Table): void {
    this.remove(table);
    this.persistence?.tableDeleted(table, () => this.add(table));
  }

  /** A table that is kept though no template declares it, to whoever declares it now. */
  inherit(name: string): Table | undefined {
    const table = this.store.get(name);
    return table && this.inherited.delete(table) ? table : undefined;
  }

  /** To be called when a table is declared no longer: it is deleted, unless it is to be kept. */
  release(name: string): void {
    const table = this.store.get(name);
    if (table && this.isPersistent) {
      this.inherited.add(table);
    } else if (table) {
      this.delete(table);
    }
  }

  /** Resolves once all that has been written by now will outlive the process, where anything is to; rejects when it is written no longer. */
  settled(): Promise<void> | undefined {
    return this.persistence?.settled();
  }

  private add(table: Table): void {
    this.store.add(table);
    table.streamFrom(this.streams);
  }

  private remove(table: Table): void {
    table.streamFrom(undefined);
    this.store.delete(table);
  }
}

/** The name in a table's ARN, or the name itself. */
export function tableNameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}
