/** What FIFO queues and topics know of what was sent to them. */
export { Deduplication } from './deduplication';
