import { ref } from 'vue';
import { onLeave } from '@/session/session';

/** Typed once for signing in, registering and a new password. */
export const typedPhone = ref('');

// Not for the next one at this browser to see.
onLeave((reason) => {
  if (reason === 'signedOut') typedPhone.value = '';
});
