const TIME_ZONE = 'Asia/Shanghai';

/** Bodies of `POST /groups` that can be sent as they are: one for each schedule. */
export const CREATE_EXAMPLES = {
  daily: { value: { name: '每天早起跑步', categoryId: 3, rule: { timeZone: TIME_ZONE } } },
  weekdays: {
    value: {
      name: '工作日背单词',
      categoryId: 4,
      joinPolicy: 'approval',
      maxMembers: 200,
      rule: { timeZone: TIME_ZONE, dayStartHour: 3, schedule: 'weekdays', weekdays: [1, 2, 3, 4, 5] },
    },
  },
  timesPerWeek: {
    value: {
      name: '一周三练',
      categoryId: 2,
      visibility: 'private',
      rule: { timeZone: TIME_ZONE, schedule: 'perWeek', timesPerWeek: 3, minNoteLength: 5 },
    },
  },
};

/** Bodies of `PATCH /groups/{groupId}` that can be sent as they are. */
export const UPDATE_EXAMPLES = {
  texts: { value: { notice: '本周六线下活动' } },
  settings: { value: { joinPolicy: 'approval', maxMembers: 300 } },
  rule: { value: { rule: { schedule: 'perWeek', timesPerWeek: 5, makeUpMonthlyLimit: 2 } } },
};
