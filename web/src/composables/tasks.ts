/** Calls `task` when the browser has nothing better to do, two seconds from now at the latest. */
export function whenIdle(task: () => void): void {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(task, { timeout: 2_000 });
  else setTimeout(task, 200);
}

/** Lets the browser do what else there is, such as painting. */
export const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done));
