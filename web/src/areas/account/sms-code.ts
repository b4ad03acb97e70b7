import { computed, ref } from 'vue';
import { http, unwrap, type Api } from '@/api/client';
import { hasCause } from '@/api/errors';
import { useNow } from '@/composables/now';
import { useSubmit } from '@/composables/submit';
import { typedPhone } from './typed-phone';

/** Asks for a code by SMS to the phone that was typed, and counts down until another may be asked for. */
export function useSmsCode(purpose: Api['SendSmsCodeDto']['purpose']) {
  const now = useNow(1_000);
  const resendAt = ref(0);
  /** The phone that a code is on its way to. */
  const sentTo = ref<string>();
  function wait(seconds: number): void {
    now.value = Date.now();
    resendAt.value = now.value + seconds * 1_000;
  }

  const submit = useSubmit(async () => {
    const phone = typedPhone.value;
    sentTo.value = undefined;
    try {
      const body = { phone, purpose };
      wait((await unwrap(http.POST('/api/v1/auth/sms-codes', { body }))).resendAfter);
      sentTo.value = phone;
    } catch (error) {
      if (hasCause(error, 'CODE_TOO_SOON')) wait(Number(error.details.seconds));
      throw error;
    }
  });
  return {
    ...submit,
    sentTo,
    secondsLeft: computed(() => Math.max(0, Math.ceil((resendAt.value - now.value) / 1_000))),
  };
}

export type SmsCode = ReturnType<typeof useSmsCode>;
