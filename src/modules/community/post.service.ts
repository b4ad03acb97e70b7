import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { illustrate, newlyNamed } from '../../common/content/content-text.js';
import { Database } from '../../common/database/database.js';
import { instantOf } from '../../common/database/values.js';
import { definedOf } from '../../common/objects.js';
import { Clock } from '../../common/time/clock.js';
import { GroupAccess, TextWriter } from '../group/index.js';
import { imagesOf, MediaUrls, UploadService } from '../upload/index.js';
import { noPermission, staleVersion } from './community.errors.js';
import type { CreatePostDto } from './dto/create-post.dto.js';
import type { PostDetailDto } from './dto/post-detail.dto.js';
import type { PostRevisionDto } from './dto/post-revision.dto.js';
import type { UpdatePostDto } from './dto/update-post.dto.js';
import { assertUnlocked, PostAccess } from './post-access.js';
import { PostWriter } from './post-writer.js';
import { toPostDetailDto, toPostRevisionDto } from './post.mapper.js';
import { type PostDetailRow, PostRepository } from './post.repository.js';

@Injectable()
export class PostService {
  constructor(
    private readonly db: Database,
    private readonly groups: GroupAccess,
    private readonly access: PostAccess,
    private readonly posts: PostRepository,
    private readonly writer: PostWriter,
    private readonly texts: TextWriter,
    private readonly uploads: UploadService,
    private readonly media: MediaUrls,
    private readonly clock: Clock,
  ) {}

  async createPost(actor: Actor, groupId: number, dto: CreatePostDto): Promise<PostDetailDto> {
    const { title, body, imageIds = [] } = dto;
    await this.groups.asWriter(actor, groupId);
    const text = await this.texts.write(body, groupId);
    const post = { groupId, authorId: actor.id, checkInId: null, title, createdAt: this.clock.now() };
    return this.db.transaction(async () => {
      const id = await this.writer.create({ ...post, ...text, images: null });
      if (imageIds.length > 0) {
        const images = await this.uploads.attach(actor, imageIds, { type: 'post', id, groupId });
        await this.posts.update(id, illustrate(text, images));
      }
      return this.detail(actor, id);
    });
  }

  async getPost(actor: Actor, id: number): Promise<PostDetailDto> {
    const { post } = await this.access.view(actor, id);
    return toPostDetailDto(post, actor, this.media);
  }

  async updatePost(
    actor: Actor,
    id: number,
    { version, imageIds, ...dto }: UpdatePostDto,
  ): Promise<PostDetailDto> {
    const { post, context } = await this.access.view(actor, id);
    if (post.userId !== actor.id) throw noPermission();
    this.groups.writerOf(context);
    assertUnlocked(actor, post, context);
    if (version !== post.version) throw staleVersion();
    const { groupId } = post;
    const text =
      dto.body === undefined ? undefined : await this.texts.write(dto.body, groupId, imagesOf(post));
    const editedAt = this.clock.now();
    return this.db.transaction(async () => {
      const images = imageIds && (await this.uploads.attach(actor, imageIds, { type: 'post', id, groupId }));
      const shown = images && illustrate(text ?? post, images);
      const changes = { ...definedOf({ title: dto.title }), ...text, ...shown, editedAt };
      if (!(await this.posts.edit(id, version, changes))) throw staleVersion();
      await this.keepRevision(post);
      if (text) await this.writer.tellNamed(headOf(post, changes), newlyNamed(text.mentions, post.mentions));
      return this.detail(actor, id);
    });
  }

  private keepRevision({
    id,
    version,
    userId,
    title,
    body,
    createdAt,
    editedAt,
  }: PostDetailRow): Promise<void> {
    const writtenAt = instantOf(editedAt ?? createdAt);
    return this.posts.insertRevision({
      postId: id,
      version,
      editorId: userId,
      title,
      body,
      createdAt: writtenAt,
    });
  }

  async listPostRevisions(actor: Actor, id: number, query: PageQueryDto): Promise<Page<PostRevisionDto>> {
    const [before] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    await this.access.viewHead(actor, id);
    const rows = await this.posts.listRevisions(id, query.limit + 1, before);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.version]));
    return { ...page, items: page.items.map(toPostRevisionDto) };
  }

  private async detail(actor: Actor, id: number): Promise<PostDetailDto> {
    return toPostDetailDto((await this.posts.find(id, actor.id))!, actor, this.media);
  }
}

const headOf = (
  { id, groupId, userId: authorId, title, excerpt }: PostDetailRow,
  changes: { title?: string; excerpt?: string },
) => ({
  id,
  groupId,
  authorId,
  title,
  excerpt,
  ...definedOf({ title: changes.title, excerpt: changes.excerpt }),
});
