import { allow } from './access.js';

/** Anybody may call; with a token, which must then be valid, the route knows the actor. */
export const OptionalAuth = () => allow({ mode: 'optional' });
