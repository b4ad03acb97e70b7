import { ApiError } from '@/api/errors';

/** Whether an edit came too late: somebody has changed the text since it was read. */
export const isStale = (error: unknown): boolean =>
  error instanceof ApiError && error.error === 'STALE_VERSION';
