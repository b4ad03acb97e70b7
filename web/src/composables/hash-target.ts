import { computed } from 'vue';
import { useRoute } from 'vue-router';

/** The id in a hash such as `#comment-12`, which leads to one part of a page. */
export function useHashTarget(prefix: string) {
  const route = useRoute();
  return computed(() => {
    const [, id] = new RegExp(`^#${prefix}-(\\d+)$`).exec(route.hash) ?? [];
    return id === undefined ? undefined : Number(id);
  });
}

/** Brings it into view, puts the focus on it and marks it for a moment (base.css). */
export function showTarget(element: HTMLElement): void {
  afterTheRouter(() => {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'center' });
    element.classList.remove('hash-target');
    void element.offsetWidth; // Begins the animation anew.
    element.classList.add('hash-target');
  });
}

/** Brings what is longer than the window into view, from its beginning. */
export function showBeginning(element: HTMLElement): void {
  afterTheRouter(() => element.scrollIntoView());
}

/** Which puts the focus on a page, and its top into view; a page that was known before is there earlier. */
const afterTheRouter = (show: () => void) => void requestAnimationFrame(show);
