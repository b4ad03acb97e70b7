import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RemoveQueryDto } from '../../common/content/remove-query.dto.js';
import { Public } from '../../common/auth/public.decorator.js';
import { PublicCache } from '../../common/http/public-cache.decorator.js';
import { Idempotent } from '../../common/idempotency/idempotent.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { CloseQuestionDto } from './dto/close-question.dto.js';
import { CreateQuestionDto } from './dto/create-question.dto.js';
import { ListQuestionsQueryDto } from './dto/list-questions-query.dto.js';
import { QuestionCategoryDto } from './dto/question-category.dto.js';
import { QuestionDetailDto } from './dto/question-detail.dto.js';
import { QuestionDto } from './dto/question.dto.js';
import { ReopenQuestionQueryDto } from './dto/reopen-question-query.dto.js';
import { UpdateQuestionDto } from './dto/update-question.dto.js';
import { QUESTION_EXAMPLES } from './question.examples.js';
import { QuestionStateService } from './question-state.service.js';
import { QuestionService } from './question.service.js';

@ApiTags('Questions')
@Controller({ version: '1' })
export class QuestionController {
  constructor(
    private readonly questions: QuestionService,
    private readonly states: QuestionStateService,
  ) {}

  /** The categories a question can belong to. */
  @Public()
  @PublicCache(300)
  @Get('question-categories')
  @ApiOkData([QuestionCategoryDto])
  listQuestionCategories(): Promise<QuestionCategoryDto[]> {
    return this.questions.listQuestionCategories();
  }

  /** Ask the whole site, or in a group as one of its members. */
  @Idempotent()
  @RateLimit('write')
  @Post('questions')
  @ApiBody({ type: CreateQuestionDto, examples: QUESTION_EXAMPLES })
  @ApiCreatedData(QuestionDetailDto)
  @ApiErrors('QUESTION_CATEGORY_NOT_FOUND', 'GROUP_NOT_FOUND', 'NOT_MEMBER', 'MUTED', 'UPLOAD_NOT_FOUND')
  createQuestion(@CurrentActor() actor: Actor, @Body() dto: CreateQuestionDto): Promise<QuestionDetailDto> {
    return this.questions.createQuestion(actor, dto);
  }

  /** Questions of the whole site and of the groups I may see, or of one group. */
  @Get('questions')
  @ApiOkData(page(QuestionDto))
  @ApiErrors('GROUP_NOT_FOUND')
  listQuestions(
    @CurrentActor() actor: Actor,
    @Query() query: ListQuestionsQueryDto,
  ): Promise<Page<QuestionDto>> {
    return this.questions.listQuestions(actor, query);
  }

  /** One question; its answers have a list of their own. */
  @Get('questions/:questionId')
  @ApiOkData(QuestionDetailDto)
  @ApiErrors('QUESTION_NOT_FOUND')
  getQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
  ): Promise<QuestionDetailDto> {
    return this.questions.getQuestion(actor, questionId);
  }

  /** Edit my question: the fields given, and no others. */
  @RateLimit('write')
  @Patch('questions/:questionId')
  @ApiOkData(QuestionDetailDto)
  @ApiErrors(
    'QUESTION_NOT_FOUND',
    'NO_PERMISSION',
    'NOT_MEMBER',
    'MUTED',
    'QUESTION_CATEGORY_NOT_FOUND',
    'UPLOAD_NOT_FOUND',
    'STALE_VERSION',
  )
  updateQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Body() dto: UpdateQuestionDto,
  ): Promise<QuestionDetailDto> {
    return this.questions.updateQuestion(actor, questionId, dto);
  }

  /** Delete my question, or remove another's as a moderator; its answers are gone with it. */
  @Delete('questions/:questionId')
  @ApiOkData(null)
  @ApiErrors('QUESTION_NOT_FOUND', 'NO_PERMISSION')
  deleteQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Query() { reason }: RemoveQueryDto,
  ): Promise<void> {
    return this.states.deleteQuestion(actor, questionId, reason);
  }

  /** Bring a question back: what I have deleted, or as a moderator what was removed. */
  @HttpCode(200)
  @Post('questions/:questionId/restore')
  @ApiOkData(QuestionDetailDto)
  @ApiErrors('QUESTION_NOT_FOUND', 'REMOVED_BY_MODERATOR', 'NOT_MEMBER', 'MUTED')
  restoreQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
  ): Promise<QuestionDetailDto> {
    return this.states.restoreQuestion(actor, questionId);
  }

  /** Close a question, as its asker or a moderator: it takes no more answers. */
  @RateLimit('write')
  @Put('questions/:questionId/closed')
  @ApiOkData(QuestionDetailDto)
  @ApiErrors('QUESTION_NOT_FOUND', 'NO_PERMISSION', 'NOT_MEMBER', 'MUTED')
  closeQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Body() { reason }: CloseQuestionDto,
  ): Promise<QuestionDetailDto> {
    return this.states.closeQuestion(actor, questionId, reason);
  }

  /** Reopen a question; the asker, unless a moderator has closed it. */
  @RateLimit('write')
  @Delete('questions/:questionId/closed')
  @ApiOkData(QuestionDetailDto)
  @ApiErrors('QUESTION_NOT_FOUND', 'NO_PERMISSION', 'NOT_MEMBER', 'MUTED')
  reopenQuestion(
    @CurrentActor() actor: Actor,
    @IdParam('questionId') questionId: number,
    @Query() { reason }: ReopenQuestionQueryDto,
  ): Promise<QuestionDetailDto> {
    return this.states.reopenQuestion(actor, questionId, reason);
  }

  /** What a person has asked, as far as I may see it; newest first. */
  @Get('users/:id/questions')
  @ApiOkData(page(QuestionDto))
  @ApiErrors('USER_NOT_FOUND')
  listUserQuestions(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: number,
    @Query() query: PageQueryDto,
  ): Promise<Page<QuestionDto>> {
    return this.questions.listUserQuestions(actor, id, query);
  }
}
