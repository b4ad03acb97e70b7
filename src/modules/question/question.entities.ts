import { Answer } from './answer.entity.js';
import { AnswerReply } from './answer-reply.entity.js';
import { QuestionCategory } from './question-category.entity.js';
import { QuestionFollow } from './question-follow.entity.js';
import { Question } from './question.entity.js';
import { Vote } from './vote.entity.js';

export const questionEntities = [QuestionCategory, Question, QuestionFollow, Answer, AnswerReply, Vote];
