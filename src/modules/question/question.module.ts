import { Module } from '@nestjs/common';
import { GroupModule } from '../group/index.js';
import { MediaTargets } from '../upload/index.js';
import { UserModule } from '../user/index.js';
import { AcceptanceService } from './acceptance.service.js';
import { AnswerController } from './answer.controller.js';
import { AnswerReplyController } from './answer-reply.controller.js';
import { AnswerReplyRepository } from './answer-reply.repository.js';
import { AnswerReplyService } from './answer-reply.service.js';
import { AnswerRepository } from './answer.repository.js';
import { AnswerService } from './answer.service.js';
import { PurgeRepository } from './purge.repository.js';
import { QuestionAccess } from './question-access.js';
import { QuestionController } from './question.controller.js';
import { QuestionFollowRepository } from './question-follow.repository.js';
import { QuestionFollowService } from './question-follow.service.js';
import { QuestionJobs } from './question.jobs.js';
import { QuestionNotices } from './question-notices.js';
import { QuestionPurge } from './question-purge.js';
import { QuestionRecountService } from './question-recount.service.js';
import { QuestionRepository } from './question.repository.js';
import { QuestionService } from './question.service.js';
import { QuestionStateService } from './question-state.service.js';
import { QuestionVoteController } from './question-vote.controller.js';
import { QuestionViews } from './question-views.js';
import { READABLE_ANSWER, READABLE_QUESTION } from './readable.js';
import { VoteRepository } from './vote.repository.js';
import { VoteService } from './vote.service.js';

@Module({
  imports: [UserModule, GroupModule],
  controllers: [QuestionController, AnswerController, AnswerReplyController, QuestionVoteController],
  providers: [
    QuestionService,
    QuestionStateService,
    QuestionAccess,
    QuestionNotices,
    QuestionViews,
    QuestionFollowService,
    QuestionRecountService,
    QuestionPurge,
    QuestionJobs,
    AnswerService,
    AcceptanceService,
    AnswerReplyService,
    VoteService,
    QuestionRepository,
    QuestionFollowRepository,
    AnswerRepository,
    AnswerReplyRepository,
    VoteRepository,
    PurgeRepository,
  ],
  exports: [QuestionRecountService],
})
export class QuestionModule {
  constructor(targets: MediaTargets) {
    targets.register('question', READABLE_QUESTION);
    targets.register('answer', READABLE_ANSWER);
  }
}
