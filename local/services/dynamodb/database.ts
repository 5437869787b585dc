/** All tables of the runtime, and what operations on them share. */
import { resourceNotFound, tableNotFound } from './errors';
import { ExpirySweeper } from './expiry-sweeper';
import { Store } from './tables/store';
import { Table, tableArn } from './tables/table';
import { TableDefinition } from './tables/table-definition';
import { AwsError } from '../../kernel/aws-error';
import { Clock, Environment, Randomness } from '../../kernel/contracts';

export class Database {
  readonly expiry: ExpirySweeper;
  private readonly store = new Store();

  constructor(readonly clock: Clock, private readonly randomness: Randomness, private readonly environment: Environment) {
    this.expiry = new ExpirySweeper(clock, this.store);
  }

  get tables(): Iterable<Table> {
    return this.store.tables;
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
    return this.find(nameOrArn)?.arn ?? (nameOrArn.startsWith('arn:') ? nameOrArn : tableArn(this.environment, nameOrArn));
  }

  /** Makes a table of a definition that has been checked. */
  create(definition: TableDefinition, environment?: Environment): Table {
    if (this.store.get(definition.TableName)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${definition.TableName}`);
    }
    const table = new Table({
      definition,
      environment: environment ?? this.environment,
      id: this.randomness.uuid(),
      createdAt: this.clock.now(),
      items: this.store.openItems(),
    });
    this.store.add(table);
    return table;
  }

  delete(table: Table): void {
    this.store.delete(table);
  }
}

/** The name in a table's ARN, or the name itself. */
export function tableNameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}
