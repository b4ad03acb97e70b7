import { Comment } from './comment.entity.js';
import { Like } from './like.entity.js';
import { PostRevision } from './post-revision.entity.js';
import { Post } from './post.entity.js';

export const communityEntities = [Post, PostRevision, Comment, Like];
