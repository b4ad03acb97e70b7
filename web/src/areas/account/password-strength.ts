export const MIN_PASSWORD_LENGTH = 8;

/** 0: too short; 1: easily guessed; 2: fair; 3: good; 4: strong. A hint, not a rule. */
export type Strength = 0 | 1 | 2 | 3 | 4;

const OFTEN_USED = /password|qwerty|asdf|1q2w3e|iloveyou|woaini|5201314|higroup/i;
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];

export function strengthOf(password: string): Strength {
  const characters = Array.from(password);
  if (characters.length < MIN_PASSWORD_LENGTH) return 0;
  const fresh = characters.filter((character, i) => !follows(character, characters[i - 1])).length;
  if (fresh < 5 || OFTEN_USED.test(password)) return 1;
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  // A long phrase of one kind is as good as a short riddle of four.
  const score = fresh + 2 * kinds;
  if (score < 12) return 1;
  if (score < 15) return 2;
  return score < 19 ? 3 : 4;
}

/** Whether it repeats the one before or comes next to it, as in "1111" and "abcd". */
function follows(character: string, before: string | undefined): boolean {
  return before !== undefined && Math.abs(character.codePointAt(0)! - before.codePointAt(0)!) <= 1;
}
