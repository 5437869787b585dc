import {
  DeleteItemCommand, DynamoDBClient, paginateScan, PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** The names of the two tables that are written to. */
export type Tables = Record<string, string>;

const WRITERS = 8;
const MOST_ACKNOWLEDGED = 120;

/** What is known of an item: a state, or two where a write of it was never answered. */
type Known = ReadonlyArray<'there' | 'gone'>;

/** Clients that write until the runtime is killed, and remember what they have been told. */
export class Writers {
  acknowledged = 0;
  /** Single items, by their key; those of pairs are in both tables or in none. */
  private readonly singles = new Map<string, Known>();
  private readonly pairs = new Map<string, Known>();
  private counted = 0;
  private perhapsCounted = 0;
  private serial = 0;

  /** Writes all kinds of writes, several at a time, until the runtime, killed after a random number of answers, answers no more. */
  async write(client: DynamoDBClient, tables: Tables, kill: () => void): Promise<void> {
    const limit = this.acknowledged + Math.floor(Math.random() * MOST_ACKNOWLEDGED);
    let killed = false;
    const acknowledge = () => {
      this.acknowledged += 1;
      if (!killed && this.acknowledged >= limit) {
        killed = true;
        // At once, a little later, or while the next answers are on their way.
        [setImmediate, process.nextTick, (callback: () => void) => setTimeout(callback, Math.random() * 5)][Math.floor(Math.random() * 3)](kill);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, async () => {
      while (await this.writeOnce(client, tables)) {
        acknowledge();
      }
    }));
  }

  /** Holds what is there against what is known. */
  async verify(client: DynamoDBClient, { One, Two }: Tables): Promise<void> {
    const [one, two] = [await scan(client, One), await scan(client, Two)];
    const counter = one.get('counter') ?? 0;
    if (counter < this.counted || counter > this.counted + this.perhapsCounted) {
      throw new Error(`The counter is ${counter}; ${this.counted} increments were acknowledged, and ${this.perhapsCounted} never answered.`);
    }
    [this.counted, this.perhapsCounted] = [counter, 0];
    check(this.singles, key => one.has(key));
    check(this.pairs, key => {
      if (one.has(key) !== two.has(key)) {
        throw new Error(`Half of the transaction of ${key} is there.`);
      }
      return one.has(key);
    });
    const known = [...this.singles.keys(), ...this.pairs.keys(), 'counter'];
    const unknown = [...one.keys(), ...two.keys()].find(key => !known.includes(key));
    if (unknown !== undefined) {
      throw new Error(`Nobody wrote ${unknown}.`);
    }
  }

  /** False when there was no answer. */
  private async writeOnce(client: DynamoDBClient, { One, Two }: Tables): Promise<boolean> {
    const serial = this.serial++;
    const key = `item ${serial}`;
    const filler = { S: 'x'.repeat(serial % 500) };
    switch (serial % 4) {
      case 0:
        this.perhapsCounted += 1;
        return answered(client.send(new UpdateItemCommand({
          TableName: One, Key: { pk: { S: 'counter' } }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } },
        })), () => {
          this.counted += 1;
          this.perhapsCounted -= 1;
        });
      case 1: {
        this.pairs.set(key, ['there', 'gone']);
        const TransactItems = [One, Two].map(TableName => ({ Put: { TableName, Item: { pk: { S: key }, filler } } }));
        return answered(client.send(new TransactWriteItemsCommand({ TransactItems })), () => this.pairs.set(key, ['there']));
      }
      case 2:
        this.singles.set(key, ['there', 'gone']);
        return answered(client.send(new PutItemCommand({ TableName: One, Item: { pk: { S: key }, filler } })), () => this.singles.set(key, ['there']));
      default: {
        const there = [...this.singles].find(([, known]) => known.length === 1 && known[0] === 'there')?.[0] ?? 'nothing';
        this.singles.set(there, ['there', 'gone']);
        return answered(client.send(new DeleteItemCommand({ TableName: One, Key: { pk: { S: there } } })), () => this.singles.set(there, ['gone']));
      }
    }
  }
}

async function answered(request: Promise<unknown>, then: () => void): Promise<boolean> {
  try {
    await request;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined) {
      throw error;
    }
    return false;
  }
  then();
  return true;
}

/** Settles what was left open. */
function check(states: Map<string, Known>, isThere: (key: string) => boolean): void {
  for (const [key, known] of states) {
    const state = isThere(key) ? 'there' : 'gone';
    if (!known.includes(state)) {
      throw new Error(`${key} is ${state}, and was acknowledged to be ${known.join()}.`);
    }
    states.set(key, [state]);
  }
}

/** The keys of a table, each with its number. */
async function scan(client: DynamoDBClient, TableName: string): Promise<Map<string, number>> {
  const items = new Map<string, number>();
  for await (const { Items = [] } of paginateScan({ client, pageSize: 1000 }, { TableName })) {
    Items.forEach(({ pk, n }) => items.set(pk.S!, Number(n?.N ?? 0)));
  }
  return items;
}
