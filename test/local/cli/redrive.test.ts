import { Command } from 'commander';
import { addRedriveCommand } from '../../../local/cli/redrive';

test('an endpoint of several addresses, where nothing listens, is told in one line', async () => {
  // A name such as localhost has one address of each family.
  const lookup: any = (_host: string, _options: object, found: (error: null, addresses: object[]) => void) => found(null, [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]);
  jest.spyOn(jest.requireActual<typeof import('node:dns')>('node:dns'), 'lookup').mockImplementation(lookup);
  const program = new Command();
  addRedriveCommand(program);
  const redriven = program.parseAsync(['redrive', '--queue', 'http://localhost:1/queue', '--endpoint-url', 'http://localhost:1'], { from: 'user' });
  await expect(redriven).rejects.toMatchObject({ name: 'UsageError', message: 'The endpoint cannot be reached: ECONNREFUSED.' });
  jest.restoreAllMocks();
});
