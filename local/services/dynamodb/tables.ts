import { AwsError } from '../../kernel/aws-error';

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly keyNames: readonly string[];
  /** The attribute with the time after which an item is deleted. */
  timeToLiveAttribute?: string;
}

/** What the service knows of its tables besides their items. */
export class Tables {
  private readonly byName = new Map<string, Table>();

  add(table: Table): void {
    this.byName.set(table.name, table);
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  all(): Table[] {
    return [...this.byName.values()];
  }

  find(nameOrArn: unknown): Table | undefined {
    return this.byName.get(tableName(nameOrArn));
  }

  get(nameOrArn: unknown): Table {
    const table = this.find(nameOrArn);
    if (!table) {
      throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    }
    return table;
  }
}

/** The name of a table that a request names by name or ARN. */
export function tableName(nameOrArn: unknown): string {
  const text = String(nameOrArn);
  return text.startsWith('arn:') ? text.slice(text.indexOf('/') + 1) : text;
}
