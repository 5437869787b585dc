interface OpenSocket {
  readonly socket: unknown;
  readonly lines: ReadonlyArray<{ readonly way: string; readonly text: string }>;
}
interface Model {
  open(url: string, name: string): OpenSocket;
  send(opened: OpenSocket, text: string): void;
}
// The page is compiled for browsers, whose types tests have not.
const { Model } = jest.requireActual<{ Model: new () => Model }>('../../../../local/inspector/page/model');

class FakeSocket {
  static readonly OPEN = 1;
  readyState = 0;
  readonly sent: string[] = [];

  send(text: string): void {
    if (this.readyState === 0) {
      throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    }
    this.sent.push(text);
  }
}

test('what is sent on a socket that is not open is said not to be', () => {
  Object.assign(globalThis, { WebSocket: FakeSocket, requestAnimationFrame: () => 1 });
  const model = new Model();
  const opened = model.open('ws://127.0.0.1/x', 'x');
  const socket = opened.socket as unknown as FakeSocket;
  model.send(opened, 'too early');
  socket.readyState = 1;
  model.send(opened, 'in time');
  socket.readyState = 3;
  model.send(opened, 'too late');
  expect(socket.sent).toEqual(['in time']);
  expect(opened.lines.map(({ way, text }) => `${way} ${text}`)).toEqual(['note not sent, since the socket is not open: too early', 'out in time', 'note not sent, since the socket is not open: too late']);
});
