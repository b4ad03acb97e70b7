import { PostFieldsDto } from './post-fields.dto.js';

export class CreatePostDto extends PostFieldsDto {}
