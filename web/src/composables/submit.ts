import { computed, ref, shallowRef } from 'vue';
import { ApiError, messageOf } from '@/api/errors';
import { notify } from '@/layout/notify';
import { useSession } from '@/session/session';
import { useIsHere } from './is-here';

/**
 * Sends a form: one at a time, with what the server says of each field.
 * `run` resolves to whether it went well. Show `message` in `<FormError>`, and `errors('field')` at the fields; whoever
 * has left the form meanwhile is told that it did not go well.
 */
export function useSubmit(send: () => Promise<unknown>) {
  const busy = ref(false);
  const failure = shallowRef<unknown>();
  const isHere = useIsHere();
  const { isSignedIn } = useSession();

  async function run(): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    failure.value = undefined;
    try {
      await send();
      return true;
    } catch (error) {
      failure.value = error;
      if (!isHere() && isSignedIn.value) notify.failed(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  const fields = computed(() => (failure.value instanceof ApiError ? failure.value.fields : {}));
  return {
    run,
    busy,
    failure,
    fields,
    message: computed(() => (failure.value === undefined ? undefined : messageOf(failure.value))),
    errors: (field: string) => [...(fields.value[field] ?? [])],
  };
}
