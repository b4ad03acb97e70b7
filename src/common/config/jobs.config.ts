import type { CleanedEnv } from 'envalid';
import { runtimeVariables } from './runtime.config.js';
import { flag } from './variables.js';

export const jobsVariables = {
  JOBS_ENABLED: flag({
    desc: 'Whether this process takes part in scheduled work (reminders, removal of what is old). Among several processes each run is done by one of them; times of day are UTC.',
    defaultText: '`true`; `false` with `NODE_ENV=test`',
  }),
};

export function jobsConfig(
  env: CleanedEnv<typeof jobsVariables & Pick<typeof runtimeVariables, 'NODE_ENV'>>,
) {
  return { enabled: env.JOBS_ENABLED ?? env.NODE_ENV !== 'test' };
}

export type JobsConfig = Readonly<ReturnType<typeof jobsConfig>>;
