import { changeMessageVisibility, changeMessageVisibilityBatch } from './operations/change-message-visibility';
import { deleteMessage, deleteMessageBatch } from './operations/delete-message';
import { messageMoveTaskOperations } from './operations/message-move-tasks';
import { attributeOperations } from './operations/queue-attributes';
import { queueOperations } from './operations/queues';
import { receiveMessage } from './operations/receive-message';
import { sendMessage, sendMessageBatch } from './operations/send-message';
import { tagOperations } from './operations/tags';
import { PROTOCOLS } from './protocols';
import { Queues } from './queues/queues';
import { resourceTypes } from './resources';
import { Service, ServiceContext } from '../../kernel/contracts';
import { MEMBER_TYPES } from '../../wire/member-types';

/** Amazon Simple Queue Service. */
export function sqs(context: ServiceContext): Service {
  const queues = new Queues(context);
  return {
    name: 'sqs',
    protocols: PROTOCOLS,
    operations: {
      ...queueOperations(context, queues),
      ...attributeOperations(queues),
      SendMessage: sendMessage(queues, context.trace),
      SendMessageBatch: sendMessageBatch(queues, context.trace),
      ReceiveMessage: receiveMessage(queues),
      DeleteMessage: deleteMessage(queues),
      DeleteMessageBatch: deleteMessageBatch(queues),
      ChangeMessageVisibility: changeMessageVisibility(queues),
      ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(queues),
      ...messageMoveTaskOperations(context, queues),
      ...tagOperations(queues),
    },
    resourceTypes: resourceTypes(queues),
    assumptions: [
      { about: 'A receipt handle of a standard queue whose message somebody else has received since', assumed: 'DeleteMessage succeeds and leaves the message where it is.' },
      { about: 'SenderId of a message that a service sent', assumed: 'The name of the service, such as events.amazonaws.com.' },
      { about: 'The order in which a standard queue hands out messages', assumed: 'First come, first served, each once for every receipt.' },
      { about: 'A receiver that leaves while it waits', assumed: 'A message that arrives meanwhile counts as received by it.' },
      MEMBER_TYPES,
    ],
    stop: () => queues.stop(),
  };
}
