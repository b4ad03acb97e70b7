import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { notInThread } from '../../common/content/content.errors.js';
import { newlyNamed, type WrittenText } from '../../common/content/content-text.js';
import { removalOf } from '../../common/content/removal.js';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { Notice } from '../../common/events/notice.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { mayDo, TextWriter } from '../group/index.js';
import { CommentListService } from './comment-list.service.js';
import { type CommentPlace, CommentPlaces } from './comment-places.js';
import type { CommentTarget } from './comment.entity.js';
import { type CommentHead, CommentRepository } from './comment.repository.js';
import { commentNotFound, noPermission } from './community.errors.js';
import type { CommentDto } from './dto/comment.dto.js';
import type { CreateReplyDto } from './dto/create-reply.dto.js';
import type { WriteCommentDto } from './dto/write-comment.dto.js';

/** The thread that a reply belongs to. */
interface Thread {
  root: CommentHead;
  replyToUserId: number | null;
}

@Injectable()
export class CommentService {
  constructor(
    private readonly db: Database,
    private readonly places: CommentPlaces,
    private readonly comments: CommentRepository,
    private readonly lists: CommentListService,
    private readonly texts: TextWriter,
    private readonly events: DomainEvents,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async createComment(
    actor: Actor,
    type: CommentTarget,
    id: number,
    { body }: WriteCommentDto,
  ): Promise<CommentDto> {
    return this.write(actor, await this.places.view(actor, type, id), body);
  }

  /** To a comment, or to a reply, whose comment it then belongs to. */
  async createReply(
    actor: Actor,
    commentId: number,
    { body, replyToUserId }: CreateReplyDto,
  ): Promise<CommentDto> {
    const { comment, place } = await this.places.viewOf(actor, commentId);
    if (comment.state !== 'visible') throw commentNotFound();
    const { rootId } = comment;
    const root = rootId === null ? comment : (await this.comments.findHead(rootId))!;
    if (replyToUserId !== undefined && !(await this.comments.tookPart(root.id, replyToUserId)))
      throw notInThread();
    const answered = replyToUserId ?? (rootId === null ? null : comment.authorId);
    return this.write(actor, place, body, { root, replyToUserId: answered });
  }

  private async write(actor: Actor, place: CommentPlace, body: string, thread?: Thread): Promise<CommentDto> {
    this.places.assertOpen(actor, place);
    const text = await this.texts.write(body, place.groupId);
    const { type: targetType, id: targetId, groupId } = place;
    const rootId = thread?.root.id ?? null;
    const replyToUserId = thread?.replyToUserId ?? null;
    const target = { targetType, targetId, groupId, rootId, replyToUserId };
    const createdAt = this.clock.now();
    return this.db.transaction(async () => {
      if (!(await this.places.addComments(place, 1))) await this.lookAgain(actor, place, thread);
      if (thread && !(await this.comments.addReplies(thread.root.id, 1))) throw commentNotFound();
      const id = await this.comments.insert({ ...target, ...text, authorId: actor.id, createdAt });
      await this.tell(actor, place, { ...text, id }, thread);
      return this.lists.get(actor, id);
    });
  }

  /** Gone between looking and writing: tells what is missing. What is back meanwhile is tried again. */
  private async lookAgain(actor: Actor, place: CommentPlace, thread?: Thread): Promise<never> {
    if (thread) await this.places.viewOf(actor, thread.root.id);
    else await this.places.view(actor, place.type, place.id);
    throw new ConcurrentWriteError();
  }

  private async tell(
    actor: Actor,
    place: CommentPlace,
    { id, mentions, excerpt }: WrittenText & { id: number },
    thread?: Thread,
  ): Promise<void> {
    const answered = thread ? [thread.replyToUserId, authorOf(thread.root)] : [];
    const receivers = [
      { type: 'reply' as const, userIds: answered.filter((userId) => userId !== null) },
      { type: 'mention' as const, userIds: newlyNamed(mentions) },
      { type: 'comment' as const, userIds: [place.authorId] },
    ];
    await this.events.publish(noticeOf(actor, place, id, receivers, excerpt));
  }

  async updateComment(actor: Actor, id: number, { body }: WriteCommentDto): Promise<CommentDto> {
    const { comment, place } = await this.places.viewOf(actor, id);
    if (comment.state !== 'visible') throw commentNotFound();
    if (comment.authorId !== actor.id) throw noPermission();
    this.places.assertOpen(actor, place);
    const text = await this.texts.write(body, place.groupId);
    const named = newlyNamed(text.mentions, comment.mentions);
    const receivers = [{ type: 'mention' as const, userIds: named }];
    return this.db.transaction(async () => {
      if (!(await this.comments.edit(id, text, this.clock.now()))) throw commentNotFound();
      if (named.length > 0) await this.events.publish(noticeOf(actor, place, id, receivers, text.excerpt));
      return this.lists.get(actor, id);
    });
  }

  /** By its author or those who run the group. Replies stay, and with them a trace of it. */
  async deleteComment(actor: Actor, id: number, reason?: string): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      const { comment, place } = await this.places.viewOf(actor, id);
      const moderates = () => mayDo(actor, place.context, 'moderateContent');
      const act = { at: now, reason, moderates, notFound: commentNotFound };
      const removal = await removalOf(actor, comment, act);
      if (!removal) return;
      if (!(await this.places.addComments(place, -1))) throw new ConcurrentWriteError();
      if (comment.rootId !== null) await this.comments.addReplies(comment.rootId, -1);
      // Somebody was faster: tried again, it is found deleted.
      if (!(await this.comments.hide(id, removal))) throw new ConcurrentWriteError();
      if (removal.state === 'author_deleted') return;
      await this.businessLog.record({
        actor,
        action: 'comment.remove',
        objectType: 'comment',
        objectId: id,
        detail: { authorId: comment.authorId, reason },
      });
    });
  }
}

/** Of a deleted comment: nobody, who is not to be told any more. */
const authorOf = ({ state, authorId }: CommentHead) => (state === 'visible' ? authorId : null);

function noticeOf(
  actor: Actor,
  { type, id: placeId, groupId, title }: CommentPlace,
  id: number,
  receivers: Notice['receivers'],
  excerpt: string,
): Notice {
  const target = { type: 'comment' as const, id };
  return new Notice({
    actorId: actor.id,
    receivers,
    target,
    place: { type, id: placeId },
    groupId,
    title,
    excerpt,
  });
}
