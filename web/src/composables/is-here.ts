import { onScopeDispose } from 'vue';

/** Whether the part of the page that asks is still there: what it has sent may be answered after one has left it. */
export function useIsHere(): () => boolean {
  let isHere = true;
  onScopeDispose(() => (isHere = false));
  return () => isHere;
}
