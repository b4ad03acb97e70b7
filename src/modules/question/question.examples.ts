/** Bodies of `POST /questions` that can be sent as they are; the document sorts them by key, Swagger UI fills the first in. */
export const QUESTION_EXAMPLES = {
  all: {
    summary: 'Ask the whole site',
    value: {
      title: '早上跑步前要不要吃东西？',
      body: '每天六点起床跑五公里，**空腹**总觉得没力气。',
      categoryId: 2,
    },
  },
  group: {
    summary: 'Ask in a group of mine',
    value: { title: '周末还要早起吗？', body: '想休息一天。', categoryId: 1, groupId: 1 },
  },
};

/** Bodies of `POST /answers/{answerId}/replies` that can be sent as they are. */
export const REPLY_EXAMPLES = {
  answer: { summary: 'To the answer', value: { body: '香蕉要提前多久吃？' } },
  person: {
    summary: 'To somebody who has written below it',
    value: { body: '半小时就够了。', replyToUserId: 42 },
  },
};
