import { useRouter, type RouteLocationRaw } from 'vue-router';
import { useIsHere } from './is-here';

/**
 * The way out of a form that is a page, without leaving it behind in the history: to the page it was opened from, or to
 * `above`. Whoever has left it by himself while it was being saved stays where he is.
 */
export function useLeaveForm(above: RouteLocationRaw): () => void {
  const router = useRouter();
  const isHere = useIsHere();
  return () => {
    if (!isHere()) return;
    if (history.state?.back) router.back();
    else void router.replace(above);
  };
}
