import { Injectable } from '@nestjs/common';
import { badCursor, decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { GroupAccess, visibleGroups } from '../group/index.js';
import { MediaUrls } from '../upload/index.js';
import { UserService } from '../user/index.js';
import type { ListPostsQueryDto } from './dto/list-posts-query.dto.js';
import type { PostDto } from './dto/post.dto.js';
import { PostListRepository } from './post-list.repository.js';
import type { PostRow } from './post-row.js';
import { toPostDto } from './post.mapper.js';

@Injectable()
export class PostListService {
  constructor(
    private readonly groups: GroupAccess,
    private readonly users: UserService,
    private readonly lists: PostListRepository,
    private readonly media: MediaUrls,
  ) {}

  /** Pinned ones first. */
  async listPosts(actor: Actor, groupId: number, query: ListPostsQueryDto): Promise<Page<PostDto>> {
    const { filter = 'all', sort = 'new', limit } = query;
    const list = `${filter} ${sort}`;
    const after = query.cursor ? positionOf(query.cursor, list) : undefined;
    await this.groups.view(actor, groupId);
    const rows = await this.lists.listOfGroup(groupId, actor.id, { filter, sort, after, limit: limit + 1 });
    return this.toDtoPage(actor, rows, limit, ({ pinned, hotScore, id }) =>
      encodeCursor([list, Number(pinned), hotScore, id]),
    );
  }

  /** Of the groups the actor belongs to, newest first. */
  async listFeed(actor: Actor, query: PageQueryDto): Promise<Page<PostDto>> {
    const before = beforeOf(query);
    const groupIds = await this.groups.idsOfMember(actor);
    const rows = await this.lists.listOfGroups(groupIds, actor.id, query.limit + 1, before);
    return this.toDtoPage(actor, rows, query.limit, ({ id }) => encodeCursor([id]));
  }

  /** Of one author, in the groups that the actor may see, newest first. */
  async listUserPosts(actor: Actor, userId: number, query: PageQueryDto): Promise<Page<PostDto>> {
    const before = beforeOf(query);
    await this.users.getUser(userId);
    const visible = visibleGroups(actor, 'v');
    const rows = await this.lists.listOfAuthor(userId, visible, actor.id, query.limit + 1, before);
    return this.toDtoPage(actor, rows, query.limit, ({ id }) => encodeCursor([id]));
  }

  private toDtoPage<R extends PostRow>(
    actor: Actor,
    rows: R[],
    limit: number,
    cursorOf: (last: R) => string,
  ): Page<PostDto> {
    const page = toPage(rows, limit, cursorOf);
    return { ...page, items: page.items.map((row) => toPostDto(row, actor, this.media)) };
  }
}

const beforeOf = ({ cursor }: PageQueryDto): number =>
  cursor ? decodeCursor(cursor, ['number'])[0] : Number.MAX_SAFE_INTEGER;

function positionOf(cursor: string, list: string) {
  const [ofList, pinned, hotScore, id] = decodeCursor(cursor, ['string', 'number', 'number', 'number']);
  if (ofList !== list) throw badCursor();
  return { pinned: pinned === 1, hotScore, id };
}
