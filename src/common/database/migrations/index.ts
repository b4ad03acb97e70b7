import { Initial1763700000001 } from './0001-initial.js';

/** Every migration in its order; a new one is appended, a released one is never edited. */
export const migrations = [Initial1763700000001];
