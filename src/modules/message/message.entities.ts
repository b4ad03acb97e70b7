import { Message } from './message.entity.js';
import { MessageLike } from './message-like.entity.js';
import { MessageSetting } from './message-setting.entity.js';

export const messageEntities = [Message, MessageLike, MessageSetting];
