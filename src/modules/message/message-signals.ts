import { Injectable } from '@nestjs/common';

/** That something has changed in a person's messages. */
export interface MessageSignal {
  userId: number;
  /** The message to show him; null: only the counts are others now. */
  messageId: number | null;
}

/** How whatever keeps clients up to date hears of changes. Sent after the commit. */
@Injectable()
export class MessageSignals {
  private readonly listeners: ((signals: readonly MessageSignal[]) => void)[] = [];

  listen(listener: (signals: readonly MessageSignal[]) => void): void {
    this.listeners.push(listener);
  }

  send(signals: readonly MessageSignal[]): void {
    if (signals.length > 0) for (const listener of this.listeners) listener(signals);
  }
}
