import { onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';
import { onLeave, useSession } from '@/session/session';

/** What was begun and not sent, kept in this browser for a week, or until the person signs out. */
interface Draft<T> {
  at: number;
  value: T;
}

const PREFIX = 'higroup.draft.';
const KEPT_MS = 7 * 86_400_000;
const WAIT_MS = 400;
/** Not written yet, by name. */
const pending = new Map<string, ReturnType<typeof setTimeout>>();

onLeave((reason) => {
  if (reason === 'signedOut') [...pending.keys(), ...allNames()].forEach(forget);
});

/** After it was sent. */
export function dropDraft(key: string): void {
  forget(nameOf(key));
}

/**
 * Keeps `value` under `key`, and puts what is kept there into it at first.
 * @param isEmpty what is not worth keeping
 * @returns `restored`: whether something was; `discard` takes it back
 */
export function useDraft<T>(
  key: MaybeRefOrGetter<string | undefined>,
  value: Ref<T>,
  isEmpty: (value: T) => boolean,
) {
  const restored = ref(false);
  const name = toValue(key) && nameOf(toValue(key)!);
  if (!name) return { restored, discard: () => undefined };

  const original = value.value;
  const isWorthKeeping = (next: T) => !isEmpty(next) && JSON.stringify(next) !== JSON.stringify(original);
  const kept = read<T>(name);
  if (kept && isWorthKeeping(kept.value)) {
    value.value = kept.value;
    restored.value = true;
  }
  const write = () => (isWorthKeeping(value.value) ? keep(name, value.value) : forget(name));
  const stop = watch(value, (next) => {
    // Sent, or taken back by hand.
    if (!isWorthKeeping(next)) restored.value = false;
    clearTimeout(pending.get(name));
    pending.set(name, setTimeout(write, WAIT_MS));
  });
  const flush = () => pending.has(name) && write();
  addEventListener('pagehide', flush);
  onScopeDispose(() => {
    flush();
    removeEventListener('pagehide', flush);
    stop();
  });

  return {
    restored,
    discard(): void {
      value.value = original;
      restored.value = false;
      forget(name);
    },
  };
}

function keep<T>(name: string, value: T): void {
  forget(name);
  try {
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), value } satisfies Draft<T>));
  } catch {
    // Storage may be forbidden or full.
  }
}

function read<T>(name: string): Draft<T> | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(name) ?? 'null') as Draft<T> | null;
    return draft && Date.now() - draft.at < KEPT_MS ? draft : undefined;
  } catch {
    return undefined;
  }
}

function forget(name: string): void {
  clearTimeout(pending.get(name));
  pending.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing is kept, then.
  }
}

function allNames(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

/** Several people may use one browser. */
const nameOf = (key: string) => `${PREFIX}${useSession().me.value?.id ?? 0}.${key}`;
