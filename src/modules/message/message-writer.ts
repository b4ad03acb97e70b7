import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { LikeWithdrawn, Notice, type NoticeType } from '../../common/events/notice.js';
import { Clock } from '../../common/time/clock.js';
import { GroupAccess } from '../group/index.js';
import { MessageSettingRepository } from './message-setting.repository.js';
import { type MessageSignal, MessageSignals } from './message-signals.js';
import { NoticeRepository } from './notice.repository.js';
import { OWN_AFFAIRS } from './readable-messages.js';

/**
 * Writes the messages of an act in the transaction of the act, with a number of statements that does not grow with
 * the number of receivers.
 */
@Injectable()
export class MessageWriter implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly events: DomainEvents,
    private readonly access: GroupAccess,
    private readonly notices: NoticeRepository,
    private readonly settings: MessageSettingRepository,
    private readonly signals: MessageSignals,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.on(Notice, (notice) => this.tell(notice));
    this.events.on(LikeWithdrawn, (withdrawn) => this.withdraw(withdrawn));
  }

  private async tell(notice: Notice): Promise<void> {
    const now = this.clock.now();
    for (const [type, userIds] of await this.receiversOf(notice)) {
      if (type === 'like') await this.tellLike(notice, userIds, now);
      else this.signal(await this.notices.insert(notice, type, userIds, now));
    }
  }

  /** Who hears of it, each under the first type that he may read and has not switched off. */
  private async receiversOf(notice: Notice): Promise<Map<NoticeType, number[]>> {
    const wanted = new Map<number, NoticeType[]>();
    for (const { type, userIds } of notice.receivers) {
      for (const id of userIds) {
        if (id !== notice.actorId) wanted.set(id, [...(wanted.get(id) ?? []), type]);
      }
    }
    const receivers = new Map<NoticeType, number[]>();
    if (wanted.size === 0) return receivers;
    const ids = [...wanted.keys()];
    const readers = notice.groupId === null ? null : await this.access.readersOf(notice.groupId, ids);
    const off = new Set(
      (await this.settings.listSwitchedOff(ids)).map(({ userId, type }) => `${userId} ${type}`),
    );
    for (const [id, types] of wanted) {
      const type = types.find(
        (each) =>
          !off.has(`${id} ${each}`) && (readers === null || readers.has(id) || OWN_AFFAIRS.includes(each)),
      );
      if (type) receivers.set(type, [...(receivers.get(type) ?? []), id]);
    }
    return receivers;
  }

  private async tellLike(notice: Notice, userIds: readonly number[], now: Date): Promise<void> {
    const [author] = userIds;
    if (userIds.length !== 1 || author === undefined || notice.actorId === null)
      throw new Error('A like is of one person, and told to one');
    const claim = await this.notices.claimLike(notice.actorId, notice.target, now);
    if (claim === 'told') return;
    const messageId = await this.notices.merge(notice, author, now);
    await this.notices.linkLike(notice.actorId, notice.target, messageId, now);
    this.signal([{ userId: author, messageId: claim === 'first' ? messageId : null }]);
  }

  private async withdraw({ actorId, target }: LikeWithdrawn): Promise<void> {
    const told = await this.notices.findUnreadLike(actorId, target);
    if (!told) return;
    await this.notices.withdrawLike(told);
    this.signal([{ userId: told.receiverId, messageId: null }]);
  }

  private signal(signals: readonly MessageSignal[]): void {
    this.db.afterCommit(() => this.signals.send(signals));
  }
}
