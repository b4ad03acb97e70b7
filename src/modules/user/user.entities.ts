import { RefreshToken } from './refresh-token.entity.js';
import { Session } from './session.entity.js';
import { User } from './user.entity.js';

export const userEntities = [User, Session, RefreshToken];
