import { QueryClient } from '@tanstack/vue-query';
import { ApiError } from './errors';

/** Server state. Refusals are final; only what may pass (no network, 5xx) is tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.isOffline || error.status >= 500),
    },
  },
});
