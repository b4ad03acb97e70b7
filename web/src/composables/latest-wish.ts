import { notify } from '@/layout/notify';

/**
 * For what can be pressed faster than the server answers: a wish is shown at once; one request is under way at a time,
 * and what is wished meanwhile is sent afterwards, if it still changes anything.
 * @param send resolves to what the server holds now
 */
export function useLatestWish<S>(given: {
  send: (wish: S) => Promise<S>;
  show: (state: S) => void;
  same: (a: S, b: S) => boolean;
}) {
  const { send, show, same } = given;
  let wish: S;
  let sending = false;

  return {
    isSending: () => sending,
    /** @param before what the server holds as far as is known; of no meaning while something is under way */
    async press(before: S, next: S): Promise<void> {
      wish = next;
      show(wish);
      if (sending) return;
      sending = true;
      let confirmed = before;
      try {
        while (!same(wish, confirmed)) confirmed = await send(wish);
      } catch (error) {
        notify.failed(error);
      } finally {
        sending = false;
        show(confirmed);
      }
    },
  };
}
