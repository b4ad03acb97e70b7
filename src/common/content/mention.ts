/** A person named in a text with `@nickname`. */
export interface Mention {
  id: number;
  nickname: string;
}
