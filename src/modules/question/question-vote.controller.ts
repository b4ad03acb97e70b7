import { Body, Controller, Delete, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiErrors, ApiOkData } from '../../common/api/openapi-decorators.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { FollowDto } from './dto/follow.dto.js';
import { SetVoteDto } from './dto/set-vote.dto.js';
import { VoteDto } from './dto/vote.dto.js';
import { QuestionFollowService } from './question-follow.service.js';
import { VoteService } from './vote.service.js';

/** What readers do with a click. */
@ApiTags('Questions')
@Controller({ version: '1' })
export class QuestionVoteController {
  constructor(
    private readonly votes: VoteService,
    private readonly follows: QuestionFollowService,
  ) {}

  /** Vote for a question, against it, or not at all. */
  @RateLimit('like')
  @Put('questions/:questionId/vote')
  @ApiOkData(VoteDto)
  @ApiErrors('QUESTION_NOT_FOUND', 'OWN_VOTE')
  voteOnQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Body() { value }: SetVoteDto,
  ): Promise<VoteDto> {
    return this.votes.voteOnQuestion(actor, questionId, value);
  }

  /** Be told of answers to a question. */
  @RateLimit('like')
  @Put('questions/:questionId/follow')
  @ApiOkData(FollowDto)
  @ApiErrors('QUESTION_NOT_FOUND')
  followQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
  ): Promise<FollowDto> {
    return this.follows.followQuestion(actor, questionId);
  }

  /** No longer be told of answers to a question. */
  @RateLimit('like')
  @Delete('questions/:questionId/follow')
  @ApiOkData(FollowDto)
  @ApiErrors('QUESTION_NOT_FOUND')
  unfollowQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
  ): Promise<FollowDto> {
    return this.follows.unfollowQuestion(actor, questionId);
  }
}
