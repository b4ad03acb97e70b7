import { expect, it, vi } from 'vitest';
import { ConsoleSmsSender } from './console.sender.js';

it('prints the code where a developer sees it', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await new ConsoleSmsSender().send('+8613800000001', '042137', 10);
  expect(write.mock.calls.join('')).toContain('042137');
});
