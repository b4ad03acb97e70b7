import { onScopeDispose, ref, watch, type Ref } from 'vue';

const WAIT_MS = 300;

/** What is typed, trimmed, once the typing has paused: so that not every letter is a request. */
export function useSettled(typed: Readonly<Ref<string>>): Readonly<Ref<string>> {
  const settled = ref(typed.value.trim());
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (settled.value = text.trim()), WAIT_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  return settled;
}
