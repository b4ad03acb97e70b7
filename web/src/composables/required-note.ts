import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { hasCause } from '@/api/errors';
import type { useSubmit } from './submit';

/**
 * The words that a check-in or a make-up may have to have; what is wrong with them is told once they have been sent.
 * @param field what the API calls them
 * @param min how many characters the rule asks for; it asks none of the muted, who come without words
 */
export function useRequiredNote(
  field: string,
  min: () => number,
  { failure, errors }: Pick<ReturnType<typeof useSubmit>, 'failure' | 'errors'>,
) {
  const { t } = useI18n();
  const note = ref('');
  const tried = ref(false);
  const missing = computed(() =>
    hasCause(failure.value, 'MUTED') ? 0 : Math.max(0, min() - Array.from(note.value.trim()).length),
  );
  return {
    note,
    tried,
    isLongEnough: computed(() => missing.value === 0),
    noteErrors: computed(() =>
      tried.value && missing.value > 0
        ? [t('checkIn.noteTooShort', { min: min(), more: missing.value }, min())]
        : errors(field),
    ),
  };
}
