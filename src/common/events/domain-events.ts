import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

type EventType<E> = abstract new (...args: never[]) => E;
type Handler = (event: never) => Promise<void>;

/**
 * How modules hear of each other without knowing each other. Handlers run one after the other inside the transaction
 * of the publisher: what they write is written with the act or not at all, and their failure undoes it.
 */
@Injectable()
export class DomainEvents {
  private readonly handlers = new Map<EventType<unknown>, Handler[]>();

  constructor(private readonly db: Database) {}

  /** Called when the application starts. */
  on<E extends object>(type: EventType<E>, handler: (event: E) => Promise<void>): void {
    const handlers = this.handlers.get(type);
    if (handlers) handlers.push(handler);
    else this.handlers.set(type, [handler]);
  }

  async publish(event: object): Promise<void> {
    const type = event.constructor as EventType<object>;
    if (!this.db.inTransaction)
      throw new Error(`${type.name} must be published in the transaction of the act`);
    for (const handler of this.handlers.get(type) ?? []) await handler(event as never);
  }
}
