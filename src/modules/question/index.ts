export { QuestionModule } from './question.module.js';
export { QuestionRecountService } from './question-recount.service.js';
export { READABLE_ANSWER, READABLE_ANSWER_REPLY, READABLE_QUESTION } from './readable.js';
