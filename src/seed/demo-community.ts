/** What the people of the demo write: indexes of people and groups are those of demo-data.ts. */
export interface DemoThread {
  author: number;
  title: string;
  body: string;
  /** Days before now. */
  daysAgo: number;
  likes: number;
  comments: DemoComment[];
  pinned?: true;
  excellent?: true;
}

export interface DemoComment {
  author: number;
  body: string;
  replies?: { author: number; body: string }[];
}

export interface DemoQuestion {
  author: number;
  /** Index of a group; left out: asked of the whole site. */
  group?: number;
  category: number;
  title: string;
  body: string;
  daysAgo: number;
  votes: number;
  answers: {
    author: number;
    body: string;
    votes: number;
    accepted?: true;
    replies?: { author: number; body: string }[];
  }[];
}

/** By the index of the group. */
export const DEMO_POSTS: Record<number, DemoThread[]> = {
  0: [
    {
      author: 0,
      title: '新人先看：怎么打卡、怎么补卡',
      body: '欢迎大家！\n\n1. 每天跑完打卡，写一句话就好；\n2. 漏了可以**补卡**，每月三次；\n3. 受伤了不要硬跑，休息也是训练。\n\n周六早上七点西湖集合，第一次来的找 @阿青 。',
      daysAgo: 25,
      likes: 14,
      pinned: true,
      comments: [
        { author: 4, body: '已读，周六见！', replies: [{ author: 0, body: '断桥边见' }] },
        {
          author: 20,
          body: 'Is there anybody who runs at a slower pace on Saturdays?',
          replies: [{ author: 1, body: 'Yes: 7 min/km, join us.' }],
        },
      ],
    },
    {
      author: 5,
      title: '连续一百天，我的变化',
      body: '一百天前我跑不到两公里。现在：\n\n| | 之前 | 现在 |\n|---|---|---|\n| 五公里 | 42 分 | 29 分 |\n| 静息心率 | 78 | 61 |\n| 早睡 | 从不 | 几乎每天 |\n\n> 不是跑得快，是没有停。\n\n谢谢大家每天早上的打卡，看到你们都出门了，我也就出门了。',
      daysAgo: 40,
      likes: 18,
      excellent: true,
      comments: [
        {
          author: 0,
          body: '太棒了！静息心率降了这么多',
          replies: [
            { author: 5, body: '我自己也没想到' },
            { author: 9, body: '求训练计划' },
            { author: 5, body: '@木子 就是每天慢跑，周末长一点' },
            { author: 9, body: '收到，谢谢！' },
          ],
        },
        { author: 13, body: '向你学习 💪' },
        { author: 2, body: '最后那句话说得真好' },
      ],
    },
    {
      author: 7,
      title: '下雨天大家怎么跑？',
      body: '这周都是雨。跑步机、室内操场，还是直接淋着跑？',
      daysAgo: 6,
      likes: 5,
      comments: [
        { author: 11, body: '跑步机，看一集电视刚好五公里' },
        { author: 3, body: '小雨直接跑，回家马上洗澡', replies: [{ author: 7, body: '佩服' }] },
      ],
    },
    {
      author: 20,
      title: 'Five kilometres under 25 minutes',
      body: 'Finally! **24:48** this morning along the river. Splits: `5:05 5:01 4:58 4:56 4:48`.\n\nThank you all for the tips about starting slowly.',
      daysAgo: 2,
      likes: 9,
      comments: [
        { author: 0, body: '恭喜！负分割，漂亮' },
        { author: 21, body: 'Well done, @Anna!' },
      ],
    },
  ],
  1: [
    {
      author: 2,
      title: '本月共读：《乡土中国》',
      body: '每天一章，读完写一句。\n\n- 第一周：乡土本色、文字下乡\n- 第二周：差序格局\n- 第三周：礼治秩序\n\n资料：<https://zh.wikipedia.org/wiki/乡土中国>',
      daysAgo: 20,
      likes: 8,
      pinned: true,
      comments: [
        { author: 6, body: '「差序格局」这一章读了三遍' },
        { author: 10, body: '请问用哪个版本？', replies: [{ author: 2, body: '哪个都行，手边有的就好' }] },
      ],
    },
    {
      author: 12,
      title: '读不进去的时候怎么办',
      body: '有时候翻了半小时一个字都没进脑子。大家有什么办法？',
      daysAgo: 4,
      likes: 6,
      comments: [
        { author: 5, body: '换一本，别跟自己较劲' },
        { author: 8, body: '出声读，马上就进去了' },
      ],
    },
  ],
  2: [
    {
      author: 6,
      title: '背单词一年，两千五百个',
      body: '方法就一个：**每天五十个，第二天复习昨天的**。周末不背，真的不背。',
      daysAgo: 15,
      likes: 11,
      excellent: true,
      comments: [{ author: 13, body: '周末不背这条太重要了' }],
    },
  ],
  4: [
    {
      author: 20,
      title: 'Why three pages and not two',
      body: 'The first page is noise, the second is complaints, and only in the **third** something honest happens. At least for me.\n\nHow is it for you?',
      daysAgo: 30,
      likes: 7,
      pinned: true,
      comments: [
        {
          author: 22,
          body: 'Same here. Page three is where the plans come from.',
          replies: [{ author: 20, body: 'Exactly.' }],
        },
        { author: 27, body: 'I stop at two and feel guilty.' },
      ],
    },
    {
      author: 24,
      title: 'Pens?',
      body: 'What do you write with? I go through a gel pen in ten days.',
      daysAgo: 3,
      likes: 3,
      comments: [{ author: 29, body: 'A fountain pen; a bottle of ink lasts a year.' }],
    },
  ],
  5: [
    {
      author: 25,
      title: 'The flaky test of the month',
      body: '```ts\nawait sleep(50); // "should be enough"\n```\n\nIt was not enough.',
      daysAgo: 9,
      likes: 6,
      comments: [{ author: 28, body: 'It never is.' }],
    },
  ],
};

export const DEMO_QUESTIONS: DemoQuestion[] = [
  {
    author: 8,
    category: 1,
    title: '补卡会算进连续天数吗？',
    body: '昨天出差在飞机上漏了，今天补了卡。我的连续天数会断吗？',
    daysAgo: 60,
    votes: 9,
    answers: [
      {
        author: 0,
        body: '不会断。补上的那一天算**完成**，连续天数照常接上；排行榜上同分时，补卡少的人在前面。',
        votes: 12,
        accepted: true,
        replies: [{ author: 8, body: '明白了，谢谢！' }],
      },
      { author: 14, body: '我试过，接上了。但是每个月只有三次，省着用。', votes: 4 },
    ],
  },
  {
    author: 24,
    category: 7,
    title: 'How do you keep going after the first missed day?',
    body: 'Forty days without a gap, then one bad day, and now I do not feel like it any more. What helped you?',
    daysAgo: 12,
    votes: 13,
    answers: [
      {
        author: 20,
        body: 'Look at the **rate**, not at the streak: 40 of 41 days is 97 %.',
        votes: 11,
        accepted: true,
      },
      {
        author: 29,
        body: 'Never miss twice. One is an accident, two is a new habit.',
        votes: 8,
        replies: [{ author: 24, body: 'That is going on my wall.' }],
      },
      { author: 31, body: 'I left and joined another group.', votes: -2 },
    ],
  },
  {
    author: 3,
    category: 2,
    group: 0,
    title: '膝盖外侧疼，还能继续跑吗？',
    body: '跑到第三公里开始膝盖外侧疼，停下来就好。休息了两天还是一样。',
    daysAgo: 5,
    votes: 5,
    answers: [
      {
        author: 0,
        body: '先停一周，去看医生。很可能是髂胫束，拉伸和臀肌训练有用，但不要自己硬扛。',
        votes: 7,
      },
      { author: 15, body: '鞋子跑了多少公里了？我换了鞋就好了。', votes: 3 },
    ],
  },
  {
    author: 33,
    category: 8,
    title: 'Can a group count the days of another time zone?',
    body: 'Half of us are in Berlin and half in New York. Whose midnight counts?',
    daysAgo: 3,
    votes: 4,
    answers: [
      {
        author: 38,
        body: 'The group has **one** zone, set by its owner, and a start of the day (say 4 in the morning) that may suit both sides.',
        votes: 6,
        accepted: true,
      },
    ],
  },
  {
    author: 16,
    category: 3,
    title: '有没有适合睡前读的短篇推荐？',
    body: '每天半小时，不想读到一半停下。中文、翻译的都可以。',
    daysAgo: 1,
    votes: 3,
    answers: [],
  },
];
