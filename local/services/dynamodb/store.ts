import { setImmediate } from 'node:timers/promises';
import { checkConditional, create, Store as DynaliteStore } from 'dynalite/db';
import { checkTypes, checkValidations } from 'dynalite/validations';
import { ActionName, ACTIONS } from './actions';
import { AwsError } from '../../kernel/aws-error';
import { Environment } from '../../kernel/contracts';

interface DynaliteError extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** The items of all tables, in memory, behind dynalite's operations. */
export class Store {
  private readonly dynalite: DynaliteStore = create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

  /** Checks an input without running anything; throws what the operation would. */
  validate(action: ActionName, input: object): Record<string, any> {
    const { types, custom } = ACTIONS[action].validation;
    try {
      // dynalite deletes what it does not know from the object it is given.
      const checked = checkTypes({ ...input }, types);
      checkValidations(checked, types, custom, this.dynalite);
      return checked;
    } catch (error) {
      throw awsError(error as DynaliteError);
    }
  }

  run(action: ActionName, input: object): Promise<any> {
    const checked = this.validate(action, input);
    return new Promise((resolve, reject) => {
      ACTIONS[action].run(this.dynalite, checked, (error, output) => error ? reject(awsError(error as DynaliteError)) : resolve(output));
    });
  }

  /** Makes a table, ready for use, as that of an account and a region. */
  async createTable(input: object, { account, region }: Environment): Promise<{ TableId: string }> {
    Object.assign(this.dynalite.tableDb, { awsAccountId: account, awsRegion: region });
    const { TableDescription: { TableName: name } } = await this.run('CreateTable', input);
    for (;;) {
      const { Table: table } = await this.run('DescribeTable', { TableName: name });
      if (table.TableStatus === 'ACTIVE') {
        return table;
      }
      await setImmediate();
    }
  }

  /** Throws when the item does not meet the condition of an input that `validate` returned. */
  checkCondition(checked: object, item: object | undefined): void {
    const error = checkConditional(checked, item);
    if (error) {
      throw awsError(error as DynaliteError);
    }
  }
}

function awsError(error: DynaliteError): unknown {
  if (!error.statusCode || !error.body) {
    return error;
  }
  const code = error.body.__type.slice(error.body.__type.indexOf('#') + 1);
  return new AwsError(code, error.body.message ?? error.body.Message ?? '', error.statusCode);
}
