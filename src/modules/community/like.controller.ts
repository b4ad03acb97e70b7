import { Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { LikeStateDto } from './dto/like-state.dto.js';
import { LikerDto } from './dto/liker.dto.js';
import { LikeService } from './like.service.js';

@ApiTags('Likes')
@Controller({ version: '1' })
export class LikeController {
  constructor(private readonly likes: LikeService) {}

  /** Like a post; not one's own. */
  @RateLimit('like')
  @Put('posts/:postId/like')
  @ApiOkData(LikeStateDto)
  @ApiErrors('POST_NOT_FOUND', 'OWN_LIKE')
  likePost(@CurrentActor() actor: Actor, @IdParam('postId') postId: number): Promise<LikeStateDto> {
    return this.likes.setLike(actor, 'post', postId, true);
  }

  /** Take my like of a post back. */
  @RateLimit('like')
  @Delete('posts/:postId/like')
  @ApiOkData(LikeStateDto)
  @ApiErrors('POST_NOT_FOUND')
  unlikePost(@CurrentActor() actor: Actor, @IdParam('postId') postId: number): Promise<LikeStateDto> {
    return this.likes.setLike(actor, 'post', postId, false);
  }

  /** Who likes a post, newest first. */
  @Get('posts/:postId/likes')
  @ApiOkData(page(LikerDto))
  @ApiErrors('POST_NOT_FOUND')
  listPostLikes(
    @CurrentActor() actor: Actor,
    @IdParam('postId') postId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<LikerDto>> {
    return this.likes.listLikes(actor, 'post', postId, query);
  }

  /** Like a comment or reply; not one's own. */
  @RateLimit('like')
  @Put('comments/:commentId/like')
  @ApiOkData(LikeStateDto)
  @ApiErrors('COMMENT_NOT_FOUND', 'OWN_LIKE')
  likeComment(@CurrentActor() actor: Actor, @IdParam('commentId') commentId: number): Promise<LikeStateDto> {
    return this.likes.setLike(actor, 'comment', commentId, true);
  }

  /** Take my like of a comment or reply back. */
  @RateLimit('like')
  @Delete('comments/:commentId/like')
  @ApiOkData(LikeStateDto)
  @ApiErrors('COMMENT_NOT_FOUND')
  unlikeComment(
    @CurrentActor() actor: Actor,
    @IdParam('commentId') commentId: number,
  ): Promise<LikeStateDto> {
    return this.likes.setLike(actor, 'comment', commentId, false);
  }

  /** Who likes a comment or reply, newest first. */
  @Get('comments/:commentId/likes')
  @ApiOkData(page(LikerDto))
  @ApiErrors('COMMENT_NOT_FOUND')
  listCommentLikes(
    @CurrentActor() actor: Actor,
    @IdParam('commentId') commentId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<LikerDto>> {
    return this.likes.listLikes(actor, 'comment', commentId, query);
  }

  /** Like a check-in; not one's own. */
  @RateLimit('like')
  @Put('check-ins/:checkInId/like')
  @ApiOkData(LikeStateDto)
  @ApiErrors('CHECK_IN_NOT_FOUND', 'OWN_LIKE')
  likeCheckIn(@CurrentActor() actor: Actor, @IdParam('checkInId') checkInId: number): Promise<LikeStateDto> {
    return this.likes.setLike(actor, 'checkIn', checkInId, true);
  }

  /** Take my like of a check-in back. */
  @RateLimit('like')
  @Delete('check-ins/:checkInId/like')
  @ApiOkData(LikeStateDto)
  @ApiErrors('CHECK_IN_NOT_FOUND')
  unlikeCheckIn(
    @CurrentActor() actor: Actor,
    @IdParam('checkInId') checkInId: number,
  ): Promise<LikeStateDto> {
    return this.likes.setLike(actor, 'checkIn', checkInId, false);
  }

  /** Who likes a check-in, newest first. */
  @Get('check-ins/:checkInId/likes')
  @ApiOkData(page(LikerDto))
  @ApiErrors('CHECK_IN_NOT_FOUND')
  listCheckInLikes(
    @CurrentActor() actor: Actor,
    @IdParam('checkInId') checkInId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<LikerDto>> {
    return this.likes.listLikes(actor, 'checkIn', checkInId, query);
  }
}
