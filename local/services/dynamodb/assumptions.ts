import { Assumption } from '../../kernel/contracts';

/** What could not be confirmed of DynamoDB. What is known to differ by region is as in us-east-1. */
export const ASSUMPTIONS: readonly Assumption[] = [
  { about: 'How long CreateTable, UpdateTable and DeleteTable take', assumed: 'No time: a table is ready before anybody can ask.' },
  { about: 'A table name of another length, for operations on tables but CreateTable', assumed: 'It is told as CreateTable tells it; where an ARN is taken, a name may have one character.' },
  { about: 'What is wrong with a value for an expression of Query, a number or a set aside', assumed: 'It is told without the placeholder\'s name, as numbers and sets are.' },
  { about: 'PutItem, UpdateItem and DeleteItem with a value of no type or of several, or with an item that is too large', assumed: 'It is not counted as a validation error, as was recorded of PutItem in one region.' },
  { about: 'A request whose fault AWS quotes', assumed: 'The quote is cut after 64 KB.' },
];
