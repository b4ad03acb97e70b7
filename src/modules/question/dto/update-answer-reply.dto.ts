import { PickType } from '@nestjs/swagger';
import { CreateAnswerReplyDto } from './create-answer-reply.dto.js';

export class UpdateAnswerReplyDto extends PickType(CreateAnswerReplyDto, ['body']) {}
