import { streamArn } from './stream-shapes';
import { Database } from '../database';
import { operation } from '../operations/operation';
import { tableNameOrArn } from '../shapes/member-shapes';
import { integer } from '../shapes/scalars';
import { structure } from '../shapes/structure';

interface ListStreamsInput {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartStreamArn?: string;
}

const MOST_STREAMS = 100;

const listStreamsInput = structure<ListStreamsInput>('ListStreamsInput', {
  TableName: tableNameOrArn,
  Limit: integer('Integer', { minimum: 1, maximum: MOST_STREAMS }),
  ExclusiveStartStreamArn: streamArn,
});

/** ListStreams. */
export function listStreams(database: Database) {
  return operation({
    shape: listStreamsInput,
    permissions: () => [{ action: 'dynamodb:ListStreams', resource: '*' }],
    prepare: input => input,
    run: ({ TableName: name, Limit: limit = MOST_STREAMS, ExclusiveStartStreamArn: start }) => {
      const streams = database.streams.all()
        .filter(({ arn, options }) => (name === undefined || options.tableName === name) && (start === undefined || arn > start))
        .map(({ arn, label, options }) => ({ StreamArn: arn, TableName: options.tableName, StreamLabel: label }));
      const page = streams.slice(0, limit);
      return { Streams: page, LastEvaluatedStreamArn: streams.length > limit ? page[page.length - 1].StreamArn : undefined };
    },
  });
}
