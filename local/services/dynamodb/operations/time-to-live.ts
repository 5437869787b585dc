/** UpdateTimeToLive and DescribeTimeToLive. */
import { allOf, operation, tablePermission } from './operation';
import { Database } from '../database';
import { validationError } from '../errors';
import { boolean, string } from '../shapes/scalars';
import { required, structure } from '../shapes/structure';
import { describedTableName } from '../shapes/table-shapes';
import { Table } from '../tables/table';

/** Which attribute tells when an item expires, and whether it does. */
export interface TimeToLiveSpecification {
  readonly AttributeName: string;
  readonly Enabled: boolean;
}

interface UpdateTimeToLiveInput {
  readonly TableName: string;
  readonly TimeToLiveSpecification: TimeToLiveSpecification;
}

const updateTimeToLiveInput = structure<UpdateTimeToLiveInput>('UpdateTimeToLiveInput', {
  TableName: describedTableName,
  TimeToLiveSpecification: required(structure<TimeToLiveSpecification>('TimeToLiveSpecification', {
    AttributeName: required(string({ minimum: 1, maximum: 255 })),
    Enabled: required(boolean()),
  })),
});

const describeTimeToLiveInput = structure<{ readonly TableName: string }>('DescribeTimeToLiveInput', { TableName: describedTableName });

export function updateTimeToLive(database: Database) {
  return operation({
    shape: updateTimeToLiveInput,
    permissions: input => allOf([tablePermission(database, 'UpdateTimeToLive', input.TableName)]),
    prepare: input => input,
    run: ({ TableName: name, TimeToLiveSpecification: specification }) => {
      setTimeToLive(database, database.describedTable(name), specification);
      return { TimeToLiveSpecification: specification };
    },
  });
}

export function describeTimeToLive(database: Database) {
  return operation({
    shape: describeTimeToLiveInput,
    permissions: input => allOf([tablePermission(database, 'DescribeTimeToLive', input.TableName)]),
    prepare: input => input,
    run: ({ TableName: name }) => {
      const { expiry } = database.describedTable(name);
      return { TimeToLiveDescription: expiry ? { TimeToLiveStatus: 'ENABLED', AttributeName: expiry.attribute } : { TimeToLiveStatus: 'DISABLED' } };
    },
  });
}

/** Turns expiry on or off. */
export function setTimeToLive(database: Database, table: Table, { AttributeName: attribute, Enabled: enabled }: TimeToLiveSpecification): void {
  const { expiry } = table;
  if (expiry && expiry.attribute !== attribute) {
    throw validationError(`TimeToLive is active on a different AttributeName: current AttributeName is ${expiry.attribute}`);
  }
  if (enabled === (expiry !== undefined)) {
    throw validationError(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
  database.alter(table, () => {
    if (enabled) {
      table.expireBy(attribute);
    } else {
      table.expiry = undefined;
    }
  });
  database.expiry.schedule();
}
