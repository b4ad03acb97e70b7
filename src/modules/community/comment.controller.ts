import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RemoveQueryDto } from '../../common/content/remove-query.dto.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { CommentListService } from './comment-list.service.js';
import { CommentService } from './comment.service.js';
import { REPLY_EXAMPLES } from './community.examples.js';
import { CommentReplyDto } from './dto/comment-reply.dto.js';
import { CommentDto } from './dto/comment.dto.js';
import { CreateReplyDto } from './dto/create-reply.dto.js';
import { ListCommentsQueryDto } from './dto/list-comments-query.dto.js';
import { WriteCommentDto } from './dto/write-comment.dto.js';

@ApiTags('Comments')
@Controller({ version: '1' })
export class CommentController {
  constructor(
    private readonly comments: CommentService,
    private readonly lists: CommentListService,
  ) {}

  /** Comment on a post. */
  @Idempotent()
  @RateLimit('comment')
  @Post('posts/:postId/comments')
  @ApiCreatedData(CommentDto)
  @ApiErrors('POST_NOT_FOUND', 'NOT_MEMBER', 'MUTED', 'POST_LOCKED')
  createPostComment(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @Body() dto: WriteCommentDto,
  ): Promise<CommentDto> {
    return this.comments.createComment(actor, 'post', postId, dto);
  }

  /** The comments on a post, each with its newest three replies. */
  @Get('posts/:postId/comments')
  @ApiOkData(page(CommentDto))
  @ApiErrors('POST_NOT_FOUND')
  listPostComments(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @Query() query: ListCommentsQueryDto,
  ): Promise<Page<CommentDto>> {
    return this.lists.listComments(actor, 'post', postId, query);
  }

  /** Comment on a check-in, where the group allows it. */
  @Idempotent()
  @RateLimit('comment')
  @Post('check-ins/:checkInId/comments')
  @ApiCreatedData(CommentDto)
  @ApiErrors('CHECK_IN_NOT_FOUND', 'NOT_MEMBER', 'MUTED', 'COMMENTS_OFF')
  createCheckInComment(
    @CurrentActor() actor: Actor,
    @IdParam('checkInId') checkInId: number,
    @Body() dto: WriteCommentDto,
  ): Promise<CommentDto> {
    return this.comments.createComment(actor, 'checkIn', checkInId, dto);
  }

  /** The comments on a check-in, each with its newest three replies. */
  @Get('check-ins/:checkInId/comments')
  @ApiOkData(page(CommentDto))
  @ApiErrors('CHECK_IN_NOT_FOUND')
  listCheckInComments(
    @CurrentActor() actor: Actor,
    @IdParam('checkInId') checkInId: number,
    @Query() query: ListCommentsQueryDto,
  ): Promise<Page<CommentDto>> {
    return this.lists.listComments(actor, 'checkIn', checkInId, query);
  }

  /** One comment with its newest three replies, or one reply. */
  @Get('comments/:commentId')
  @ApiOkData(CommentDto)
  @ApiErrors('COMMENT_NOT_FOUND')
  getComment(@CurrentActor() actor: Actor, @IdParam('commentId') commentId: number): Promise<CommentDto> {
    return this.lists.getComment(actor, commentId);
  }

  /** Reply to a comment, or to one of its replies. */
  @Idempotent()
  @RateLimit('comment')
  @Post('comments/:commentId/replies')
  @ApiBody({ type: CreateReplyDto, examples: REPLY_EXAMPLES })
  @ApiCreatedData(CommentDto)
  @ApiErrors('COMMENT_NOT_FOUND', 'NOT_MEMBER', 'MUTED', 'POST_LOCKED', 'COMMENTS_OFF')
  createReply(
    @CurrentActor() actor: Actor,
    @IdParam('commentId') commentId: number,
    @Body() dto: CreateReplyDto,
  ): Promise<CommentDto> {
    return this.comments.createReply(actor, commentId, dto);
  }

  /** The replies to a comment, oldest first. */
  @Get('comments/:commentId/replies')
  @ApiOkData(page(CommentReplyDto))
  @ApiErrors('COMMENT_NOT_FOUND')
  listReplies(
    @CurrentActor() actor: Actor,
    @IdParam('commentId') commentId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<CommentReplyDto>> {
    return this.lists.listReplies(actor, commentId, query);
  }

  /** Edit my comment or reply. */
  @RateLimit('comment')
  @Patch('comments/:commentId')
  @ApiOkData(CommentDto)
  @ApiErrors('NO_PERMISSION', 'COMMENT_NOT_FOUND', 'NOT_MEMBER', 'MUTED', 'POST_LOCKED', 'COMMENTS_OFF')
  updateComment(
    @CurrentActor() actor: Actor,
    @IdParam('commentId') commentId: number,
    @Body() dto: WriteCommentDto,
  ): Promise<CommentDto> {
    return this.comments.updateComment(actor, commentId, dto);
  }

  /** Delete a comment or reply: its author, or those who run the group. Replies to it stay. */
  @Delete('comments/:commentId')
  @ApiOkData(null)
  @ApiErrors('NO_PERMISSION', 'COMMENT_NOT_FOUND')
  deleteComment(
    @CurrentActor() actor: Actor,
    @IdParam('commentId') commentId: number,
    @Query() query: RemoveQueryDto,
  ): Promise<void> {
    return this.comments.deleteComment(actor, commentId, query.reason);
  }
}
