import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, UserIdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RemoveQueryDto } from '../../common/content/remove-query.dto.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { CreatePostDto } from './dto/create-post.dto.js';
import { ListPostsQueryDto } from './dto/list-posts-query.dto.js';
import { PostDetailDto } from './dto/post-detail.dto.js';
import { PostFlagsDto } from './dto/post-flags.dto.js';
import { PostRevisionDto } from './dto/post-revision.dto.js';
import { PostDto } from './dto/post.dto.js';
import { UpdatePostDto } from './dto/update-post.dto.js';
import { PostFlagParam } from './post-flag-param.decorator.js';
import type { PostFlag } from './post-flags.js';
import { PostListService } from './post-list.service.js';
import { PostModerationService } from './post-moderation.service.js';
import { PostService } from './post.service.js';

@ApiTags('Posts')
@Controller({ version: '1' })
export class PostController {
  constructor(
    private readonly posts: PostService,
    private readonly lists: PostListService,
    private readonly moderation: PostModerationService,
  ) {}

  /** Write a post in a group of mine. */
  @Idempotent()
  @RateLimit('write')
  @Post('groups/:groupId/posts')
  @ApiCreatedData(PostDetailDto)
  @ApiErrors('GROUP_NOT_FOUND', 'NOT_MEMBER', 'MUTED', 'UPLOAD_NOT_FOUND')
  createPost(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Body() dto: CreatePostDto,
  ): Promise<PostDetailDto> {
    return this.posts.createPost(actor, groupId, dto);
  }

  /** The posts of a group, pinned ones first, then the newest or the hottest. */
  @Get('groups/:groupId/posts')
  @ApiOkData(page(PostDto))
  @ApiErrors('GROUP_NOT_FOUND')
  listPosts(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: ListPostsQueryDto,
  ): Promise<Page<PostDto>> {
    return this.lists.listPosts(actor, groupId, query);
  }

  /** The posts of all my groups, newest first. */
  @Get('feed')
  @ApiOkData(page(PostDto))
  listFeed(@CurrentActor() actor: Actor, @Query() query: PageQueryDto): Promise<Page<PostDto>> {
    return this.lists.listFeed(actor, query);
  }

  /** A person's posts in the groups that I may see, newest first. */
  @Get('users/:id/posts')
  @ApiOkData(page(PostDto))
  @ApiErrors('USER_NOT_FOUND')
  listUserPosts(
    @CurrentActor() actor: Actor,
    @UserIdParam('id') id: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<PostDto>> {
    return this.lists.listUserPosts(actor, id, query);
  }

  /** One post with its text. */
  @Get('posts/:postId')
  @ApiOkData(PostDetailDto)
  @ApiErrors('POST_NOT_FOUND')
  getPost(@CurrentActor() actor: Actor, @IdParam('postId') postId: number): Promise<PostDetailDto> {
    return this.posts.getPost(actor, postId);
  }

  /** Edit my post; the version before is kept. */
  @RateLimit('write')
  @Patch('posts/:postId')
  @ApiOkData(PostDetailDto)
  @ApiErrors(
    'NO_PERMISSION',
    'NOT_MEMBER',
    'MUTED',
    'POST_NOT_FOUND',
    'POST_LOCKED',
    'STALE_VERSION',
    'UPLOAD_NOT_FOUND',
  )
  updatePost(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @Body() dto: UpdatePostDto,
  ): Promise<PostDetailDto> {
    return this.posts.updatePost(actor, postId, dto);
  }

  /** Delete a post: its author, or those who run the group. After 30 days it is gone for good. */
  @Delete('posts/:postId')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'POST_NOT_FOUND')
  deletePost(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @Query() query: RemoveQueryDto,
  ): Promise<void> {
    return this.moderation.deletePost(actor, postId, query.reason);
  }

  /** Bring a deleted post back: its author what he has deleted, those who run the group any. */
  @Post('posts/:postId/restore')
  @HttpCode(200)
  @ApiOkData(PostDetailDto)
  @ApiErrors('NO_PERMISSION', 'NOT_MEMBER', 'MUTED', 'POST_NOT_FOUND', 'REMOVED_BY_MODERATOR')
  restorePost(@CurrentActor() actor: Actor, @IdParam('postId') postId: number): Promise<PostDetailDto> {
    return this.moderation.restorePost(actor, postId);
  }

  /** The versions of a post, newest first; the first is the present one. */
  @Get('posts/:postId/revisions')
  @ApiOkData(page(PostRevisionDto))
  @ApiErrors('POST_NOT_FOUND')
  listPostRevisions(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<PostRevisionDto>> {
    return this.posts.listPostRevisions(actor, postId, query);
  }

  /** Pin a post, call it excellent, or lock it; for owner and admins. */
  @Put('posts/:postId/flags/:flag')
  @ApiOkData(PostFlagsDto)
  @ApiErrors('NO_PERMISSION', 'POST_NOT_FOUND')
  setPostFlag(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @PostFlagParam('flag') flag: PostFlag,
  ): Promise<PostFlagsDto> {
    return this.moderation.setPostFlag(actor, postId, flag, true);
  }

  /** Take a flag off a post; for owner and admins. */
  @Delete('posts/:postId/flags/:flag')
  @ApiOkData(PostFlagsDto)
  @ApiErrors('NO_PERMISSION', 'POST_NOT_FOUND')
  clearPostFlag(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @PostFlagParam('flag') flag: PostFlag,
  ): Promise<PostFlagsDto> {
    return this.moderation.setPostFlag(actor, postId, flag, false);
  }
}
