export { QuestionModule } from './question.module.js';
