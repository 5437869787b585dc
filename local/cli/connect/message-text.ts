/** How a person reads what a socket says. */
type Paint = (style: 'dim' | 'red' | 'green' | 'cyan', text: string) => string;

/** One line, or a few, for a message. */
export function messageText(text: string, paint: Paint): string {
  let message: any;
  try {
    message = JSON.parse(text);
  } catch {
    return text;
  }
  const event = message?.type === 'event' ? message.event : message;
  if (typeof event?.['detail-type'] === 'string' && typeof event.source === 'string') {
    const forWhom = message.type === 'event' ? paint('dim', ` for ${message.subscriptionId}`) : '';
    return `${paint('green', event['detail-type'])} from ${event.source}${forWhom}  ${JSON.stringify(event.detail)}  ${paint('dim', `${event.time} ${event.id}`)}`;
  }
  switch (message?.type) {
    case 'subscribed':
    case 'unsubscribed':
      return `${paint('cyan', message.type)} ${message.subscriptionId}`;
    case 'pong':
      return paint('cyan', 'pong');
    case 'subscriptions':
      return [
        paint('cyan', `${message.subscriptions?.length ?? 0} subscriptions${message.next ? `, more after ${message.next}` : ''}`),
        ...(message.subscriptions ?? []).map((each: any) => `  ${each.subscriptionId}  ${JSON.stringify(each.pattern)}`),
      ].join('\n');
    case 'error':
      return `${paint('red', message.error?.code ?? 'error')}: ${message.error?.message ?? JSON.stringify(message)}${message.error?.retryable ? paint('dim', ' (may succeed later)') : ''}`;
    default:
      return typeof message?.message === 'string' && typeof message.connectionId === 'string' ? paint('red', message.message) : JSON.stringify(message);
  }
}
