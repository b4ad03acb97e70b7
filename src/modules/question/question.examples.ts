/** Bodies of `POST /questions` that can be sent as they are. */
export const QUESTION_EXAMPLES = {
  site: {
    value: {
      title: '早上跑步前要不要吃东西？',
      body: '每天六点起床跑五公里，**空腹**总觉得没力气。',
      categoryId: 2,
    },
  },
  group: { value: { title: '周末还要早起吗？', body: '想休息一天。', categoryId: 1, groupId: 1 } },
};

/** Bodies of `POST /answers/{answerId}/replies` that can be sent as they are. */
export const REPLY_EXAMPLES = {
  answer: { value: { body: '香蕉要提前多久吃？' } },
  person: { value: { body: '半小时就够了。', replyToUserId: 42 } },
};
