/**
 * Asked when a process meets an access token for the first time, so that a log-out outlives the memory of the
 * process. Provided by the module that keeps the sessions.
 */
export abstract class SessionCheck {
  abstract isOpen(sessionId: number): Promise<boolean>;
}
