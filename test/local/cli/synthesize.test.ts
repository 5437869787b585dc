import { synthesize } from '../../../local/cli/synthesize';

test('an app that is written anew at each change leaves one listener behind', async () => {
  const before = process.listenerCount('exit');
  const command = 'node -e "fs.writeFileSync(process.env.CDK_OUTDIR + \'/manifest.json\', JSON.stringify({ version: \'36.0.0\', artifacts: {} }))"';
  for (let change = 0; change < 3; change++) {
    await expect(synthesize(command, {})).rejects.toThrow('the cloud assembly holds no stack');
  }
  expect(process.listenerCount('exit') - before).toBe(1);
});
