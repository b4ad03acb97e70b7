import { computed, ref, shallowRef } from 'vue';
import { ApiError, messageOf } from '@/api/errors';

/**
 * Sends a form: one at a time, with what the server says of each field.
 * `run` resolves to whether it went well. Show `message` in `<FormError>`, and `errors('field')` at the fields.
 */
export function useSubmit(send: () => Promise<unknown>) {
  const busy = ref(false);
  const failure = shallowRef<unknown>();

  async function run(): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    failure.value = undefined;
    try {
      await send();
      return true;
    } catch (error) {
      failure.value = error;
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
