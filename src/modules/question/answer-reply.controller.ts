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
import { AnswerReplyService } from './answer-reply.service.js';
import { AnswerReplyDto } from './dto/answer-reply.dto.js';
import { CreateAnswerReplyDto } from './dto/create-answer-reply.dto.js';
import { UpdateAnswerReplyDto } from './dto/update-answer-reply.dto.js';
import { REPLY_EXAMPLES } from './question.examples.js';

@ApiTags('Answers')
@Controller({ version: '1' })
export class AnswerReplyController {
  constructor(private readonly replies: AnswerReplyService) {}

  /** The replies to an answer, oldest first. */
  @Get('answers/:answerId/replies')
  @ApiOkData(page(AnswerReplyDto))
  @ApiErrors('ANSWER_NOT_FOUND')
  listAnswerReplies(
    @CurrentActor() actor: Actor,
    @IdParam('answerId') answerId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<AnswerReplyDto>> {
    return this.replies.listReplies(actor, answerId, query);
  }

  /** Reply to an answer, or to one who has written below it; also where the question is closed. */
  @Idempotent()
  @RateLimit('comment')
  @Post('answers/:answerId/replies')
  @ApiBody({ type: CreateAnswerReplyDto, examples: REPLY_EXAMPLES })
  @ApiCreatedData(AnswerReplyDto)
  @ApiErrors('ANSWER_NOT_FOUND', 'NOT_MEMBER', 'MUTED')
  createAnswerReply(
    @CurrentActor() actor: Actor,
    @IdParam('answerId') answerId: number,
    @Body() dto: CreateAnswerReplyDto,
  ): Promise<AnswerReplyDto> {
    return this.replies.createReply(actor, answerId, dto);
  }

  /** Edit my reply. */
  @RateLimit('comment')
  @Patch('answer-replies/:replyId')
  @ApiOkData(AnswerReplyDto)
  @ApiErrors('REPLY_NOT_FOUND', 'NO_PERMISSION', 'NOT_MEMBER', 'MUTED')
  updateAnswerReply(
    @CurrentActor() actor: Actor,
    @IdParam('replyId') replyId: number,
    @Body() { body }: UpdateAnswerReplyDto,
  ): Promise<AnswerReplyDto> {
    return this.replies.updateReply(actor, replyId, body);
  }

  /** Delete my reply, or remove another's as a moderator. */
  @Delete('answer-replies/:replyId')
  @ApiOkData(null)
  @ApiErrors('REPLY_NOT_FOUND', 'NO_PERMISSION')
  deleteAnswerReply(
    @CurrentActor() actor: Actor,
    @IdParam('replyId') replyId: number,
    @Query() { reason }: RemoveQueryDto,
  ): Promise<void> {
    return this.replies.deleteReply(actor, replyId, reason);
  }
}
