import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { removalOf } from '../../common/content/removal.js';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { GroupAccess, GroupCounters, mayDo } from '../group/index.js';
import { MediaUrls } from '../upload/index.js';
import { noPermission, postNotFound, removedByModerator } from './community.errors.js';
import type { PostDetailDto } from './dto/post-detail.dto.js';
import type { PostFlagsDto } from './dto/post-flags.dto.js';
import type { PostFlag } from './post-flags.js';
import { PostAccess } from './post-access.js';
import { toPostDetailDto } from './post.mapper.js';
import { PostRepository } from './post.repository.js';

/** What takes posts away, brings them back and marks them. */
@Injectable()
export class PostModerationService {
  constructor(
    private readonly db: Database,
    private readonly groups: GroupAccess,
    private readonly counters: GroupCounters,
    private readonly access: PostAccess,
    private readonly posts: PostRepository,
    private readonly media: MediaUrls,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  /** By its author, who may bring it back, or by those who run the group. Doing it again changes nothing. */
  async deletePost(actor: Actor, id: number, reason?: string): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      const { post, context } = await this.access.findHead(actor, id);
      const moderates = () => mayDo(actor, context, 'moderateContent');
      const removal = await removalOf(actor, post, { at: now, reason, moderates, notFound: postNotFound });
      if (!removal) return;
      await this.counters.addPosts(post.groupId, -1);
      // Somebody was faster: tried again, it is found deleted.
      if (!(await this.posts.hide(id, removal, now))) throw new ConcurrentWriteError();
      if (removal.state === 'removed')
        await this.log(actor, 'post.remove', id, { authorId: post.authorId, reason });
    });
  }

  /** Of what was there before it was deleted, comments and likes included. */
  async restorePost(actor: Actor, id: number): Promise<PostDetailDto> {
    return this.db.transaction(async () => {
      const { post, context } = await this.access.findHead(actor, id);
      const own = post.authorId === actor.id;
      const moderates = mayDo(actor, context, 'moderateContent');
      if (!own && !moderates) throw post.state === 'visible' ? noPermission() : postNotFound();
      if (post.state !== 'visible') {
        if (!moderates && post.state === 'removed') throw removedByModerator();
        if (!moderates) this.groups.writerOf(context);
        await this.counters.addPosts(post.groupId, 1);
        if (!(await this.posts.show(id, post.state, this.clock.now()))) throw new ConcurrentWriteError();
        if (!own) await this.log(actor, 'post.restore', id, { authorId: post.authorId });
      }
      return toPostDetailDto((await this.posts.find(id, actor.id))!, actor, this.media);
    });
  }

  async setPostFlag(actor: Actor, id: number, flag: PostFlag, value: boolean): Promise<PostFlagsDto> {
    return this.db.transaction(async () => {
      const { context } = await this.access.viewHead(actor, id);
      if (!mayDo(actor, context, 'moderateContent')) throw noPermission();
      if (await this.posts.setFlag(id, flag, value))
        await this.log(actor, `post.${value ? 'flag' : 'unflag'}`, id, { flag });
      const { post } = await this.access.view(actor, id);
      const { pinned, excellent, locked } = toPostDetailDto(post, actor, this.media);
      return { pinned, excellent, locked };
    });
  }

  private log(actor: Actor, action: string, id: number, detail: object): Promise<void> {
    return this.businessLog.record({ actor, action, objectType: 'post', objectId: id, detail });
  }
}
