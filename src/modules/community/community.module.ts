import { Module } from '@nestjs/common';
import { GroupModule } from '../group/index.js';
import { MediaTargets } from '../upload/index.js';
import { UserModule } from '../user/index.js';
import { CheckInPosts } from './check-in-posts.js';
import { CommentController } from './comment.controller.js';
import { CommentListRepository } from './comment-list.repository.js';
import { CommentListService } from './comment-list.service.js';
import { CommentPlaces } from './comment-places.js';
import { CommentRepository } from './comment.repository.js';
import { CommentService } from './comment.service.js';
import { CommunityJobs } from './community.jobs.js';
import { CommunityRecountService } from './community-recount.service.js';
import { LikeController } from './like.controller.js';
import { LikeRepository } from './like.repository.js';
import { LikeService } from './like.service.js';
import { LikeTargets } from './like-targets.js';
import { MarkdownPreviewController } from './markdown-preview.controller.js';
import { MarkdownPreviewService } from './markdown-preview.service.js';
import { PostAccess } from './post-access.js';
import { PostController } from './post.controller.js';
import { PostListRepository } from './post-list.repository.js';
import { PostListService } from './post-list.service.js';
import { PostModerationService } from './post-moderation.service.js';
import { PostRepository } from './post.repository.js';
import { PostService } from './post.service.js';
import { PostWriter } from './post-writer.js';
import { PurgeRepository } from './purge.repository.js';
import { PurgeService } from './purge.service.js';
import { READABLE_POST } from './readable.js';

@Module({
  imports: [UserModule, GroupModule],
  controllers: [PostController, CommentController, LikeController, MarkdownPreviewController],
  providers: [
    PostService,
    PostListService,
    PostModerationService,
    PostAccess,
    PostWriter,
    CheckInPosts,
    CommentService,
    CommentListService,
    CommentPlaces,
    LikeService,
    LikeTargets,
    MarkdownPreviewService,
    PurgeService,
    CommunityJobs,
    CommunityRecountService,
    PostRepository,
    PostListRepository,
    CommentRepository,
    CommentListRepository,
    LikeRepository,
    PurgeRepository,
  ],
  exports: [CommunityRecountService],
})
export class CommunityModule {
  constructor(targets: MediaTargets) {
    targets.register('post', READABLE_POST);
  }
}
