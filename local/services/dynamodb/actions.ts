// Each is imported by its name, because the bundler must see all of them.
import batchGetItem from 'dynalite/actions/batchGetItem';
import batchWriteItem from 'dynalite/actions/batchWriteItem';
import createTable from 'dynalite/actions/createTable';
import deleteItem from 'dynalite/actions/deleteItem';
import deleteTable from 'dynalite/actions/deleteTable';
import describeTable from 'dynalite/actions/describeTable';
import getItem from 'dynalite/actions/getItem';
import listTables from 'dynalite/actions/listTables';
import putItem from 'dynalite/actions/putItem';
import query from 'dynalite/actions/query';
import scan from 'dynalite/actions/scan';
import updateItem from 'dynalite/actions/updateItem';
import * as batchGetItemValidation from 'dynalite/validations/batchGetItem';
import * as batchWriteItemValidation from 'dynalite/validations/batchWriteItem';
import * as createTableValidation from 'dynalite/validations/createTable';
import * as deleteItemValidation from 'dynalite/validations/deleteItem';
import * as deleteTableValidation from 'dynalite/validations/deleteTable';
import * as describeTableValidation from 'dynalite/validations/describeTable';
import * as getItemValidation from 'dynalite/validations/getItem';
import * as listTablesValidation from 'dynalite/validations/listTables';
import * as putItemValidation from 'dynalite/validations/putItem';
import * as queryValidation from 'dynalite/validations/query';
import * as scanValidation from 'dynalite/validations/scan';
import * as updateItemValidation from 'dynalite/validations/updateItem';

/** The operations that dynalite runs, each with the check of its input. */
export const ACTIONS = {
  BatchGetItem: { run: batchGetItem, validation: batchGetItemValidation },
  BatchWriteItem: { run: batchWriteItem, validation: batchWriteItemValidation },
  CreateTable: { run: createTable, validation: createTableValidation },
  DeleteItem: { run: deleteItem, validation: deleteItemValidation },
  DeleteTable: { run: deleteTable, validation: deleteTableValidation },
  DescribeTable: { run: describeTable, validation: describeTableValidation },
  GetItem: { run: getItem, validation: getItemValidation },
  ListTables: { run: listTables, validation: listTablesValidation },
  PutItem: { run: putItem, validation: putItemValidation },
  Query: { run: query, validation: queryValidation },
  Scan: { run: scan, validation: scanValidation },
  UpdateItem: { run: updateItem, validation: updateItemValidation },
};

export type ActionName = keyof typeof ACTIONS;
