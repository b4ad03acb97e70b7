import { Injectable } from '@nestjs/common';
import { badCursor, decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { CommentPlaces } from './comment-places.js';
import type { CommentTarget } from './comment.entity.js';
import { CommentListRepository, type CommentRow } from './comment-list.repository.js';
import { toCommentDto, toCommentReplyDto } from './comment.mapper.js';
import { commentNotFound } from './community.errors.js';
import type { CommentReplyDto } from './dto/comment-reply.dto.js';
import type { CommentDto } from './dto/comment.dto.js';
import type { ListCommentsQueryDto } from './dto/list-comments-query.dto.js';

const NEWEST_REPLIES = 3;

@Injectable()
export class CommentListService {
  constructor(
    private readonly places: CommentPlaces,
    private readonly lists: CommentListRepository,
  ) {}

  /** Roots, each with its newest replies. */
  async listComments(
    actor: Actor,
    type: CommentTarget,
    id: number,
    query: ListCommentsQueryDto,
  ): Promise<Page<CommentDto>> {
    const { sort = 'old', limit } = query;
    const after = query.cursor
      ? positionOf(query.cursor, sort)
      : sort === 'old'
        ? 0
        : Number.MAX_SAFE_INTEGER;
    await this.places.view(actor, type, id);
    const rows = await this.lists.listRoots({ type, id }, actor.id, sort, limit + 1, after);
    const page = toPage(rows, limit, (row) => encodeCursor([sort, row.id]));
    return { ...page, items: await this.withReplies(actor, page.items) };
  }

  /** Oldest first. */
  async listReplies(actor: Actor, commentId: number, query: PageQueryDto): Promise<Page<CommentReplyDto>> {
    const after = query.cursor ? decodeCursor(query.cursor, ['number'])[0] : 0;
    await this.assertShown(actor, commentId);
    const rows = await this.lists.listReplies(commentId, actor.id, query.limit + 1, after);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map(toCommentReplyDto) };
  }

  async getComment(actor: Actor, id: number): Promise<CommentDto> {
    await this.assertShown(actor, id);
    return this.get(actor, id);
  }

  /** One that is known to be there. */
  async get(actor: Actor, id: number): Promise<CommentDto> {
    const row = (await this.lists.find(id, actor.id))!;
    return (await this.withReplies(actor, [row]))[0]!;
  }

  /** Visible, or deleted and kept for its replies. @throws COMMENT_NOT_FOUND */
  private async assertShown(actor: Actor, id: number): Promise<void> {
    const { comment } = await this.places.viewOf(actor, id);
    if (comment.state !== 'visible' && comment.replyCount === 0) throw commentNotFound();
  }

  private async withReplies(actor: Actor, roots: CommentRow[]): Promise<CommentDto[]> {
    const answered = roots.filter(({ replyCount }) => replyCount > 0).map(({ id }) => id);
    const replies = await this.lists.listNewestReplies(answered, actor.id, NEWEST_REPLIES);
    return roots.map((root) =>
      toCommentDto(
        root,
        replies.filter(({ rootId }) => rootId === root.id),
      ),
    );
  }
}

function positionOf(cursor: string, sort: string): number {
  const [ofSort, id] = decodeCursor(cursor, ['string', 'number']);
  if (ofSort !== sort) throw badCursor();
  return id;
}
