import { onlineManager, QueryClient } from '@tanstack/vue-query';
import { ApiError } from './errors';

// It hears of changes only, and takes it that there is a network to begin with.
onlineManager.setOnline(navigator.onLine);

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
