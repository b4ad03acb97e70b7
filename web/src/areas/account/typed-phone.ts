import { ref } from 'vue';

/** Typed once for signing in, registering and a new password. */
export const typedPhone = ref('');
