import { expect, it, vi } from 'vitest';
import { notify } from '@/layout/notify';
import { useLatestWish } from './latest-wish';

vi.mock('@/layout/notify', () => ({ notify: { failed: vi.fn() } }));

/** A server that answers when told to. */
function setUp() {
  const shown: boolean[] = [];
  const sent: boolean[] = [];
  let answer: (() => void) | undefined;
  let refuse: ((error: Error) => void) | undefined;
  const { press } = useLatestWish<boolean>({
    send: (wish) => {
      sent.push(wish);
      return new Promise((resolve, reject) => {
        answer = () => resolve(wish);
        refuse = reject;
      });
    },
    show: (state) => shown.push(state),
    same: (a, b) => a === b,
  });
  return { shown, sent, press, answer: () => answer!(), refuse: () => refuse!(new Error('no')) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

it('sends the latest wish after the one that is under way', async () => {
  const { shown, sent, press, answer } = setUp();
  void press(false, true);
  void press(true, false);
  void press(false, true);
  void press(true, false);
  expect(sent).toEqual([true]);
  answer();
  await settled();
  expect(sent).toEqual([true, false]);
  answer();
  await settled();
  expect(shown.at(-1)).toBe(false);
});

it('sends nothing more when the wish has come back to what was sent', async () => {
  const { shown, sent, press, answer } = setUp();
  void press(false, true);
  void press(true, false);
  void press(false, true);
  answer();
  await settled();
  expect(sent).toEqual([true]);
  expect(shown.at(-1)).toBe(true);
});

it('goes back to what the server holds when it refuses, and says so', async () => {
  const { shown, sent, press, answer, refuse } = setUp();
  void press(false, true);
  void press(true, false);
  answer();
  await settled();
  refuse();
  await settled();
  expect(sent).toEqual([true, false]);
  expect(shown.at(-1)).toBe(true);
  expect(notify.failed).toHaveBeenCalledOnce();
});
