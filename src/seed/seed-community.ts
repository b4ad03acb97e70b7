import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '../common/auth/actor.js';
import { AppError } from '../common/errors/app-error.js';
import { CommentService } from '../modules/community/comment.service.js';
import { LikeService } from '../modules/community/like.service.js';
import { PostModerationService } from '../modules/community/post-moderation.service.js';
import { PostService } from '../modules/community/post.service.js';
import { GroupService } from '../modules/group/group.service.js';
import { AcceptanceService } from '../modules/question/acceptance.service.js';
import { AnswerReplyService } from '../modules/question/answer-reply.service.js';
import { AnswerService } from '../modules/question/answer.service.js';
import { QuestionFollowService } from '../modules/question/question-follow.service.js';
import { QuestionService } from '../modules/question/question.service.js';
import { VoteService } from '../modules/question/vote.service.js';
import { UploadService } from '../modules/upload/upload.service.js';
import { UserService } from '../modules/user/user.service.js';
import {
  DEMO_POSTS,
  DEMO_QUESTIONS,
  type DemoComment,
  type DemoQuestion,
  type DemoThread,
} from './demo-community.js';
import { DEMO_GROUPS, type DemoGroup } from './demo-data.js';
import { landscape, portrait } from './demo-pictures.js';
import type { Act } from './seed.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Undefined where somebody who would have written has left the group meanwhile; that is found before anything is written. */
async function unlessGone<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && (error.error === 'NOT_MEMBER' || error.status === 404)) return undefined;
    throw error;
  }
}

/** What is written, liked, asked and answered, each at its time; `groups` in the order of the demo's groups. */
export function communityActs(
  app: INestApplicationContext,
  groups: readonly number[],
  people: readonly Actor[],
  now: Date,
): Act[] {
  const threads = Object.entries(DEMO_POSTS).flatMap(([index, posts]) =>
    posts.flatMap((thread) =>
      threadActs(app, groups[Number(index)]!, DEMO_GROUPS[Number(index)]!, people, thread, now),
    ),
  );
  return [
    ...threads,
    ...DEMO_QUESTIONS.flatMap((question) => questionActs(app, groups, people, question, now)),
  ];
}

function threadActs(
  app: INestApplicationContext,
  groupId: number,
  { members }: DemoGroup,
  people: readonly Actor[],
  { author, title, body, daysAgo, likes, comments, ...flags }: DemoThread,
  now: Date,
): Act[] {
  const posts = app.get(PostService, { strict: false });
  const moderation = app.get(PostModerationService, { strict: false });
  const commenting = app.get(CommentService, { strict: false });
  const liking = app.get(LikeService, { strict: false });
  const start = now.getTime() - daysAgo * DAY_MS - 5 * HOUR_MS;
  let postId: number | undefined;

  const post = async () => {
    postId = (await unlessGone(() => posts.createPost(people[author]!, groupId, { title, body })))?.id;
    if (postId === undefined) return;
    const owner = people[members[0]!]!;
    if (flags.pinned) await moderation.setPostFlag(owner, postId, 'pinned', true);
    if (flags.excellent) await moderation.setPostFlag(owner, postId, 'excellent', true);
  };
  const like = async () => {
    if (postId === undefined) return;
    const likers = members.filter((index) => index !== author).slice(0, likes);
    for (const index of likers) await unlessGone(() => liking.setLike(people[index]!, 'post', postId!, true));
  };
  const talk =
    ({ author: by, body: text, replies = [] }: DemoComment) =>
    async () => {
      if (postId === undefined) return;
      const comment = await unlessGone(() =>
        commenting.createComment(people[by]!, 'post', postId!, { body: text }),
      );
      if (!comment) return;
      for (const reply of replies)
        await unlessGone(() =>
          commenting.createReply(people[reply.author]!, comment.id, { body: reply.body }),
        );
    };
  return [post, like, ...comments.map(talk)].map((run, n) => ({ at: start + n * 20 * MINUTE_MS, run }));
}

function questionActs(
  app: INestApplicationContext,
  groups: readonly number[],
  people: readonly Actor[],
  { author, group, category, title, body, daysAgo, votes, answers }: DemoQuestion,
  now: Date,
): Act[] {
  const questions = app.get(QuestionService, { strict: false });
  const answering = app.get(AnswerService, { strict: false });
  const replying = app.get(AnswerReplyService, { strict: false });
  const voting = app.get(VoteService, { strict: false });
  const accepting = app.get(AcceptanceService, { strict: false });
  const following = app.get(QuestionFollowService, { strict: false });
  const start = now.getTime() - daysAgo * DAY_MS - 6 * HOUR_MS;
  const asker = people[author]!;
  let questionId: number | undefined;

  const ask = async () => {
    const dto = {
      title,
      body,
      categoryId: category,
      ...(group !== undefined && { groupId: groups[group]! }),
    };
    questionId = (await unlessGone(() => questions.createQuestion(asker, dto)))?.id;
    if (questionId === undefined) return;
    const others = people.filter(({ id }) => id !== asker.id);
    for (const voter of others.slice(0, votes)) await voting.voteOnQuestion(voter, questionId, 1);
    for (const follower of others.slice(0, 3)) await following.followQuestion(follower, questionId);
  };
  const answer = (given: DemoQuestion['answers'][number]) => async () => {
    if (questionId === undefined) return;
    const by = people[given.author]!;
    const made = await unlessGone(() => answering.createAnswer(by, questionId!, { body: given.body }));
    if (!made) return;
    const voters = people.filter(({ id }) => id !== by.id).slice(0, Math.abs(given.votes));
    for (const voter of voters) await voting.voteOnAnswer(voter, made.id, given.votes > 0 ? 1 : -1);
    for (const reply of given.replies ?? [])
      await unlessGone(() => replying.createReply(people[reply.author]!, made.id, { body: reply.body }));
    if (given.accepted) await accepting.acceptAnswer(asker, questionId, made.id);
  };
  return [ask, ...answers.map(answer)].map((run, n) => ({ at: start + n * HOUR_MS, run }));
}

/** Faces, covers and a post with a picture. Outside of the one transaction: making pictures takes its time. */
export async function addPictures(
  app: INestApplicationContext,
  groups: readonly number[],
  people: readonly Actor[],
): Promise<void> {
  const uploads = app.get(UploadService, { strict: false });
  const upload = async (actor: Actor, picture: Promise<Buffer>) =>
    (await uploads.uploadImage(actor, { read: () => picture })).id;
  const users = app.get(UserService, { strict: false });
  for (const [index, person] of people.entries()) {
    if (index % 3 === 2) continue;
    await users.updateMe(person, { avatarId: await upload(person, portrait(index * 47)) });
  }
  for (const [index, groupId] of groups.entries()) {
    if (index === 3) continue;
    const owner = people[DEMO_GROUPS[index]!.members[0]!]!;
    const coverId = await upload(owner, landscape(index * 53 + 200));
    await app.get(GroupService, { strict: false }).updateGroup(owner, groupId, { coverId });
  }
  const owner = people[DEMO_GROUPS[0]!.members[0]!]!;
  const imageIds = [await upload(owner, landscape(20)), await upload(owner, landscape(150))];
  const post = { title: '今天早上的西湖', body: '五点半的日出，跑着跑着就停下来看了。', imageIds };
  await app.get(PostService, { strict: false }).createPost(owner, groups[0]!, post);
}
