import * as community from './community-workloads.js';
import { MEMBERSHIPS, membershipOf, USERS } from './data.js';
import type { BenchRequest } from './requests.js';

export interface Workload {
  /** All there are; every one of them comes among the first few requests. */
  kinds: readonly string[];
  /** The `n`th request. */
  requestOf(n: number, today: string): BenchRequest;
  /** The number of a request that must be answered like the `n`th, without what `comparable` leaves out. */
  twinOf?(n: number): number;
  comparable?(data: never): unknown;
}

const NOTE = '六公里，32 分钟，下着小雨';

const profile: Workload = {
  kinds: ['profile'],
  requestOf: (n) => ({ kind: 'profile', userId: (n % USERS) + 1, method: 'GET', path: '/me' }),
};

const checkIn: Workload = {
  kinds: ['checkIn'],
  requestOf: (n) => ({
    ...checkInOf(n),
    // So that the group's heat has been counted for this minute.
    after: checkInOf(n + 200),
  }),
  // Of the same group, and with the same history.
  twinOf: (n) => n + 200 * 132,
  comparable: ({ checkIn: made, ...rest }: { checkIn: object }) => ({
    ...rest,
    checkIn: { ...made, id: 0, userId: 0, checkedAt: '' },
  }),
};

/** Check-ins never repeat; the others walk over all memberships again and again. */
function checkInOf(n: number): BenchRequest {
  if (n >= MEMBERSHIPS) throw new Error('Everybody has checked in: take shorter turns');
  const { groupId, userId } = membershipOf(n);
  const body = JSON.stringify({ note: NOTE });
  return { kind: 'checkIn', userId, method: 'POST', path: `/groups/${groupId}/check-ins`, body };
}

/** Coprime to the number of memberships: all of them come, neighbours far apart. */
const anyMembership = (n: number) => membershipOf((n * 7_919) % MEMBERSHIPS);

const calendarAndStats: Workload = {
  kinds: ['calendar', 'stats'],
  requestOf: (n, today) => {
    const { groupId, userId } = anyMembership(n);
    const member = `/groups/${groupId}/members/me`;
    const month = today.slice(0, 7);
    return n % 2 === 0
      ? {
          kind: 'calendar',
          userId,
          method: 'GET',
          path: `${member}/calendar?from=${month}-01&to=${month}-28`,
        }
      : { kind: 'stats', userId, method: 'GET', path: `${member}/stats` };
  },
};

const leaderboard: Workload = {
  kinds: ['leaderboard'],
  requestOf: (n) => {
    const { groupId, userId } = anyMembership(n);
    return {
      kind: 'leaderboard',
      userId,
      method: 'GET',
      path: `/groups/${groupId}/leaderboard?board=streak`,
    };
  },
};

export const WORKLOADS: Record<string, Workload> = {
  profile,
  'check-in': checkIn,
  'calendar + stats': calendarAndStats,
  leaderboard,
  posts: community.posts,
  'post + comments': community.postAndComments,
  comment: community.comment,
  'like + unlike': community.likeAndUnlike,
  questions: community.questions,
};

/** Pages of one list: they must cost the same. The hundredth is where MariaDB, left alone, reads from the top. */
export const PAGES: Record<string, Workload> = {
  'posts, page 1': community.postPage(1),
  'posts, page 100': community.postPage(100),
  'posts, page 1 000': community.postPage(community.LAST_PAGE),
};
