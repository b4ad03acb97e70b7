import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { NOTICE_TYPES, type NoticeType } from '../../common/events/notice.js';
import type { ListMessagesQueryDto } from './dto/list-messages-query.dto.js';
import type { MessageDto } from './dto/message.dto.js';
import type { MessageSettingsDto } from './dto/message-settings.dto.js';
import type { ReadMessagesDto } from './dto/read-messages.dto.js';
import type { UnreadCountDto } from './dto/unread-count.dto.js';
import type { UpdateMessageSettingsDto } from './dto/update-message-settings.dto.js';
import { messageNotFound } from './message.errors.js';
import { toMessageDto, toUnreadCountDto } from './message.mapper.js';
import { MessageRepository } from './message.repository.js';
import { MessageSettingRepository } from './message-setting.repository.js';
import { MessageSignals } from './message-signals.js';

const SETTABLE = NOTICE_TYPES.filter((type) => type !== 'system');

@Injectable()
export class MessageService {
  constructor(
    private readonly db: Database,
    private readonly messages: MessageRepository,
    private readonly settings: MessageSettingRepository,
    private readonly signals: MessageSignals,
  ) {}

  async listMessages(actor: Actor, query: ListMessagesQueryDto): Promise<Page<MessageDto>> {
    const [beforeId] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const filter = { types: query.type, unread: query.unread, beforeId };
    const rows = await this.messages.list(actor, filter, query.limit + 1);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map(toMessageDto) };
  }

  /** Those of the messages that the actor may read, oldest first. */
  async findMessages(actor: Actor, ids: readonly number[]): Promise<MessageDto[]> {
    if (ids.length === 0) return [];
    return (await this.messages.list(actor, { ids }, ids.length)).reverse().map(toMessageDto);
  }

  async countUnreadMessages(actor: Actor): Promise<UnreadCountDto> {
    return toUnreadCountDto(await this.messages.countUnread(actor));
  }

  async readMessage(actor: Actor, id: number): Promise<UnreadCountDto> {
    await this.assertReadable(actor, id);
    if (await this.messages.markRead(actor.id, id)) this.changed(actor);
    return this.countUnreadMessages(actor);
  }

  async readMessages(actor: Actor, { types }: ReadMessagesDto): Promise<UnreadCountDto> {
    const none = types?.length === 0;
    if (!none && (await this.messages.markAllRead(actor.id, types))) this.changed(actor);
    return this.countUnreadMessages(actor);
  }

  async deleteMessage(actor: Actor, id: number): Promise<void> {
    await this.assertReadable(actor, id);
    await this.messages.delete(actor.id, id);
    this.changed(actor);
  }

  async getMessageSettings(actor: Actor): Promise<MessageSettingsDto> {
    const off = new Set((await this.settings.listSwitchedOff([actor.id])).map(({ type }) => type));
    return Object.fromEntries(SETTABLE.map((type) => [type, !off.has(type)])) as Record<
      Exclude<NoticeType, 'system'>,
      boolean
    >;
  }

  async updateMessageSettings(actor: Actor, dto: UpdateMessageSettingsDto): Promise<MessageSettingsDto> {
    return this.db.transaction(async () => {
      for (const type of SETTABLE) {
        const enabled = dto[type];
        if (enabled !== undefined) await this.settings.save(actor.id, type, enabled);
      }
      return this.getMessageSettings(actor);
    });
  }

  private async assertReadable(actor: Actor, id: number): Promise<void> {
    if ((await this.messages.list(actor, { ids: [id] }, 1)).length === 0) throw messageNotFound();
  }

  /** For the actor's other devices. */
  private changed(actor: Actor): void {
    this.db.afterCommit(() => this.signals.send([{ userId: actor.id, messageId: null }]));
  }
}
