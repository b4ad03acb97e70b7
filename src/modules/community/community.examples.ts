/** Bodies of `POST /comments/{commentId}/replies`; the first can be sent as it is. */
export const REPLY_EXAMPLES = {
  comment: { summary: 'To the comment', value: { body: '六分半，慢慢来。' } },
  person: { summary: 'To somebody in the thread', value: { body: '明天一起？', replyToUserId: 42 } },
};
