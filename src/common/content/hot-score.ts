const FIRST_MS = Date.parse('2020-01-01T00:00:00.000Z');
const DAY_MS = 86_400_000;

/**
 * Orders things by freshness and interest, without a job that lets old fame fade: a day later is worth as much as
 * twice the interest (the idea of Reddit's "hot" rank). 1000 points a day, 1000 a doubling.
 * A group's freshness is that of its day.
 * @param points weighted likes, votes, comments, answers, check-ins; below 0 counts as 0
 */
export const hotScoreOf = (createdAt: Date, points: number): number =>
  hotBaseOf(createdAt) + Math.round(1000 * Math.log2(1 + Math.max(0, points)));

/** The part of the score that never changes, for statements that compute the rest from their own counters. */
export const hotBaseOf = (createdAt: Date): number =>
  Math.round((1000 * (createdAt.getTime() - FIRST_MS)) / DAY_MS);

/** SQL of the other part; `points` is an SQL expression that is never below 0. */
export const hotPointsSql = (points: string): string => `round(1000 * log2(1 + ${points}))`;
