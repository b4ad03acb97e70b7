import { Initial1763700000001 } from './0001-initial.js';
import { Community1763700000002 } from './0002-community.js';
import { Clients1763700000003 } from './0003-clients.js';

/** Every migration in its order; a new one is appended, a released one is never edited. */
export const migrations = [Initial1763700000001, Community1763700000002, Clients1763700000003];
