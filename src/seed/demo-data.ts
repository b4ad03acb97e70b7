import type { CreateGroupDto } from '../modules/group/dto/create-group.dto.js';

export const DEMO_PASSWORD = 'higroup-demo';

/** +8613800000001 and so on, in the order of the nicknames. */
export const phoneOf = (index: number) => `+86138${String(index + 1).padStart(8, '0')}`;

export const NICKNAMES = [
  '晨跑的小李', '阿青', '读书人老周', '小满', '山间清风', '豆豆妈', '一只鹿', '阿泽', '木子', '南方有雨',
  '林深', '慢慢来', '小方同学', '橘子汽水', '老张爱健身', '安静的猫', '风铃', '知秋', '大力', '云朵',
  'Anna', 'Ben', 'Clara', 'David', 'Emma', 'Felix', 'Grace', 'Henry', 'Ida', 'Jonas',
  'Katie', 'Leo', 'Mia', 'Noah', 'Olivia', 'Paul', 'Quinn', 'Rosa', 'Mod Sam', 'Admin Tess',
] as const; // prettier-ignore

export interface DemoGroup {
  dto: CreateGroupDto;
  /** Indexes into NICKNAMES; the first is the owner, the second an admin. */
  members: number[];
  /** Who has applied and waits. */
  applicants?: number[];
  notes: readonly string[];
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Every join policy, both visibilities, every schedule, make-ups and none, three zones. */
export const DEMO_GROUPS: DemoGroup[] = [
  {
    dto: {
      name: '每天早起跑步',
      description: '风雨无阻，每天五公里。',
      notice: '周六上午七点西湖集合',
      categoryId: 3,
      joinPolicy: 'open',
      reminderHour: 20,
      rule: { timeZone: 'Asia/Shanghai' },
    },
    members: range(0, 21),
    notes: ['五公里，28 分钟', '慢跑三公里', '间歇跑', '下雨，跑步机上完成', ''],
  },
  {
    dto: {
      name: '睡前读书半小时',
      description: '每天至少读半小时，记一句话。',
      categoryId: 1,
      joinPolicy: 'approval',
      maxMembers: 50,
      rule: { timeZone: 'Asia/Shanghai', dayStartHour: 4, minNoteLength: 5 },
    },
    members: [2, 3, ...range(5, 18)],
    applicants: [0, 20, 22],
    notes: [
      '《百年孤独》第三章读完',
      '今天只读了十页，但是很值得',
      '重读《活着》，仍然感动',
      '读到凌晨，记在今天',
    ],
  },
  {
    dto: {
      name: '工作日背单词',
      description: '周一到周五，每天五十个。',
      categoryId: 4,
      joinPolicy: 'open',
      rule: { timeZone: 'Asia/Shanghai', schedule: 'weekdays', weekdays: [1, 2, 3, 4, 5] },
    },
    members: [6, 7, ...range(10, 24)],
    notes: ['五十个，全对', '复习昨天的', ''],
  },
  {
    dto: {
      name: '一周三练',
      description: '每周至少进三次健身房。',
      categoryId: 2,
      joinPolicy: 'approval',
      rule: { timeZone: 'Asia/Shanghai', schedule: 'perWeek', timesPerWeek: 3 },
    },
    members: [14, 15, ...range(0, 9)],
    applicants: [25],
    notes: ['胸和三头', '腿日', '背和二头', '有氧四十分钟'],
  },
  {
    dto: {
      name: 'Morning pages',
      description: 'Three pages by hand before anything else.',
      categoryId: 7,
      joinPolicy: 'open',
      rule: { timeZone: 'Europe/Berlin', minNoteLength: 10, makeUpMonthlyLimit: 1 },
    },
    members: [20, 21, ...range(22, 34)],
    notes: ['Three pages, mostly about the weather', 'Slow start, good end', 'Wrote about the trip home'],
  },
  {
    dto: {
      name: 'Night owls ship code',
      description: 'One commit every working day; the day ends at three in the morning.',
      categoryId: 5,
      joinPolicy: 'invite',
      visibility: 'private',
      rule: {
        timeZone: 'America/New_York',
        dayStartHour: 3,
        schedule: 'weekdays',
        weekdays: [1, 2, 3, 4, 5],
      },
    },
    members: [25, 26, ...range(27, 37)],
    notes: ['Parser done', 'Fixed the flaky test', 'Docs', ''],
  },
  {
    dto: {
      name: '家里人的打卡',
      description: '爸妈和我们',
      categoryId: 9,
      joinPolicy: 'closed',
      visibility: 'private',
      rule: { timeZone: 'Asia/Shanghai', schedule: 'perWeek', timesPerWeek: 5, makeUpWindowDays: 14 },
    },
    members: [5, 8, 9, 11],
    notes: ['散步', '太极拳', '八段锦'],
  },
  {
    dto: {
      name: '十分钟冥想',
      description: '不补卡，重新开始就好。',
      categoryId: 9,
      joinPolicy: 'closed',
      rule: { timeZone: 'Asia/Shanghai', dayStartHour: 2, makeUpAllowed: false },
    },
    members: [17, 18, ...range(26, 33)],
    notes: ['十分钟', '很静', ''],
  },
];
