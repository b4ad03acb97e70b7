import { Body, Controller, Delete, Get, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RemoveQueryDto } from '../../common/content/remove-query.dto.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { AcceptanceService } from './acceptance.service.js';
import { AnswerService } from './answer.service.js';
import { AcceptAnswerDto } from './dto/accept-answer.dto.js';
import { AcceptedAnswerDto } from './dto/accepted-answer.dto.js';
import { AnswerDto } from './dto/answer.dto.js';
import { CreateAnswerDto } from './dto/create-answer.dto.js';
import { SetVoteDto } from './dto/set-vote.dto.js';
import { UpdateAnswerDto } from './dto/update-answer.dto.js';
import { UserAnswerDto } from './dto/user-answer.dto.js';
import { VoteDto } from './dto/vote.dto.js';
import { VoteService } from './vote.service.js';

@ApiTags('Answers')
@Controller({ version: '1' })
export class AnswerController {
  constructor(
    private readonly answers: AnswerService,
    private readonly acceptance: AcceptanceService,
    private readonly votes: VoteService,
  ) {}

  /** Answer a question, once. */
  @Idempotent()
  @RateLimit('write')
  @Post('questions/:questionId/answers')
  @ApiCreatedData(AnswerDto)
  @ApiErrors(
    'QUESTION_NOT_FOUND',
    'QUESTION_CLOSED',
    'ANSWER_EXISTS',
    'NOT_MEMBER',
    'MUTED',
    'UPLOAD_NOT_FOUND',
  )
  createAnswer(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Body() dto: CreateAnswerDto,
  ): Promise<AnswerDto> {
    return this.answers.createAnswer(actor, questionId, dto);
  }

  /** The answers to a question: the accepted one first, then by votes, then the oldest first. */
  @Get('questions/:questionId/answers')
  @ApiOkData(page(AnswerDto))
  @ApiErrors('QUESTION_NOT_FOUND')
  listAnswers(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<AnswerDto>> {
    return this.answers.listAnswers(actor, questionId, query);
  }

  /** One answer, with the title of its question. */
  @Get('answers/:answerId')
  @ApiOkData(UserAnswerDto)
  @ApiErrors('ANSWER_NOT_FOUND')
  getAnswer(@CurrentActor() actor: Actor, @IdParam('answerId') answerId: number): Promise<UserAnswerDto> {
    return this.answers.getAnswer(actor, answerId);
  }

  /** Edit my answer: the fields given, and no others. */
  @RateLimit('write')
  @Patch('answers/:answerId')
  @ApiOkData(AnswerDto)
  @ApiErrors('ANSWER_NOT_FOUND', 'NO_PERMISSION', 'NOT_MEMBER', 'MUTED', 'UPLOAD_NOT_FOUND', 'STALE_VERSION')
  updateAnswer(
    @CurrentActor() actor: Actor,
    @IdParam('answerId') answerId: number,
    @Body() dto: UpdateAnswerDto,
  ): Promise<AnswerDto> {
    return this.answers.updateAnswer(actor, answerId, dto);
  }

  /** Delete my answer, or remove another's as a moderator; if it was accepted, none is any more. */
  @Delete('answers/:answerId')
  @ApiOkData(null)
  @ApiErrors('ANSWER_NOT_FOUND', 'NO_PERMISSION')
  deleteAnswer(
    @CurrentActor() actor: Actor,
    @IdParam('answerId') answerId: number,
    @Query() { reason }: RemoveQueryDto,
  ): Promise<void> {
    return this.answers.deleteAnswer(actor, answerId, reason);
  }

  /** Accept an answer to my question, instead of the one accepted before. */
  @RateLimit('write')
  @Put('questions/:questionId/accepted')
  @ApiOkData(AcceptedAnswerDto)
  @ApiErrors('QUESTION_NOT_FOUND', 'NO_PERMISSION', 'ANSWER_NOT_FOUND')
  acceptAnswer(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Body() { answerId }: AcceptAnswerDto,
  ): Promise<AcceptedAnswerDto> {
    return this.acceptance.acceptAnswer(actor, questionId, answerId);
  }

  /** Accept no answer to my question any more. */
  @RateLimit('write')
  @Delete('questions/:questionId/accepted')
  @ApiOkData(AcceptedAnswerDto)
  @ApiErrors('QUESTION_NOT_FOUND', 'NO_PERMISSION')
  withdrawAcceptance(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
  ): Promise<AcceptedAnswerDto> {
    return this.acceptance.withdrawAcceptance(actor, questionId);
  }

  /** Vote for an answer, against it, or not at all. */
  @RateLimit('like')
  @Put('answers/:answerId/vote')
  @ApiOkData(VoteDto)
  @ApiErrors('ANSWER_NOT_FOUND', 'OWN_VOTE')
  voteOnAnswer(
    @CurrentActor() actor: Actor,
    @IdParam('answerId') answerId: number,
    @Body() { value }: SetVoteDto,
  ): Promise<VoteDto> {
    return this.votes.voteOnAnswer(actor, answerId, value);
  }

  /** What a person has answered, as far as I may see the questions; newest first. */
  @Get('users/:id/answers')
  @ApiOkData(page(UserAnswerDto))
  @ApiErrors('USER_NOT_FOUND')
  listUserAnswers(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<UserAnswerDto>> {
    return this.answers.listUserAnswers(actor, id, query);
  }
}
