import { allow } from './access.js';

/** Anybody may call; a token is not even looked at. */
export const Public = () => allow({ mode: 'public' });
