/** One cause of failure: its number, its HTTP status and what people are told, `{x}` being filled from the error's args. */
export interface ErrorEntry {
  readonly code: number;
  readonly status: number;
  readonly en: string;
  readonly zh: string;
  /** How loudly it is logged; 'info' when absent. */
  readonly level?: 'info' | 'warn' | 'error';
}

/** The catalogue: every cause the API can answer, once. Names and codes are part of the API and never change. */
export const ERROR_CATALOGUE = {
  // common
  NO_PERMISSION: {
    code: 10005,
    status: 403,
    en: 'You are not allowed to do this.',
    zh: '您没有权限执行此操作。',
  },
  NOT_LOGGED_IN: { code: 10006, status: 401, en: 'Please log in first.', zh: '请先登录。' },
  TOKEN_INVALID: {
    code: 10031,
    status: 401,
    en: 'Your login is not valid. Please log in again.',
    zh: '登录凭证无效，请重新登录。',
  },
  TOKEN_EXPIRED: {
    code: 10032,
    status: 401,
    en: 'Your login has expired. Please refresh it or log in again.',
    zh: '登录凭证已过期，请刷新或重新登录。',
  },
  CROSS_SITE: {
    code: 10033,
    status: 403,
    en: 'Only pages of this site can do this.',
    zh: '只有本站页面才能执行此操作。',
  },
  RATE_LIMITED: {
    code: 10040,
    status: 429,
    en: 'Too many requests. Please try again in {seconds} s.',
    zh: '请求过于频繁，请在 {seconds} 秒后重试。',
  },
  CONFLICT_RETRY: {
    code: 10041,
    status: 409,
    en: 'Someone else changed this at the same moment. Please try again.',
    zh: '内容刚刚被其他人修改，请重试。',
  },
  STALE_VERSION: {
    code: 10042,
    status: 409,
    en: 'This has been edited meanwhile. Please look at the new version and edit that.',
    zh: '内容已被修改，请查看最新版本后再编辑。',
  },
  BAD_PARAMETER: {
    code: 11001,
    status: 400,
    en: 'Something in the request is not right; see the fields.',
    zh: '请求内容有误，请检查各字段。',
  },
  IDEMPOTENCY_KEY_REUSED: {
    code: 11002,
    status: 422,
    en: 'This Idempotency-Key was already used for another request.',
    zh: '该 Idempotency-Key 已用于另一个请求。',
  },
  INTERNAL: {
    code: 15001,
    status: 500,
    en: 'Something went wrong on our side. Please try again later.',
    zh: '服务器出错了，请稍后重试。',
    level: 'error',
  },
  HTTP_ERROR: {
    code: 15002,
    status: 404,
    en: 'The request cannot be answered: {reason}.',
    zh: '无法处理该请求：{reason}。',
  },
  DATABASE_UNAVAILABLE: {
    code: 15003,
    status: 503,
    en: 'The service is briefly unavailable. Please try again in a moment.',
    zh: '服务暂时不可用，请稍后重试。',
    level: 'error',
  },
  CACHE_UNAVAILABLE: {
    code: 15004,
    status: 503,
    en: 'The service is briefly unavailable. Please try again in a moment.',
    zh: '服务暂时不可用，请稍后重试。',
    level: 'error',
  },
  SHUTTING_DOWN: {
    code: 15005,
    status: 503,
    en: 'The service is restarting. Please try again in a moment.',
    zh: '服务正在重启，请稍后重试。',
  },
  OVERLOADED: {
    code: 15006,
    status: 503,
    en: 'The service is very busy. Please try again in a moment.',
    zh: '服务繁忙，请稍后重试。',
    level: 'warn',
  },

  // user
  PHONE_TAKEN: {
    code: 20101,
    status: 409,
    en: 'This phone number is already registered. Please log in instead.',
    zh: '该手机号已注册，请直接登录。',
  },
  WRONG_CREDENTIALS: {
    code: 20102,
    status: 401,
    en: 'The phone number, password or code is wrong.',
    zh: '手机号、密码或验证码错误。',
  },
  CODE_INVALID: {
    code: 20103,
    status: 400,
    en: 'The code is wrong or has expired. Please request a new one.',
    zh: '验证码错误或已失效，请重新获取。',
  },
  CODE_TOO_SOON: {
    code: 20104,
    status: 429,
    en: 'A code was sent just now. Please wait {seconds} s before asking for another.',
    zh: '验证码刚刚已发送，请在 {seconds} 秒后再试。',
  },
  CODE_DAILY_LIMIT: {
    code: 20105,
    status: 429,
    en: 'Too many codes were requested today. Please try again tomorrow.',
    zh: '今日获取验证码次数已达上限，请明天再试。',
  },
  SMS_UNAVAILABLE: {
    code: 20106,
    status: 503,
    en: 'The text message could not be sent. Please try again in a moment.',
    zh: '短信发送失败，请稍后重试。',
    level: 'error',
  },
  ACCOUNT_NOT_FOUND: {
    code: 20107,
    status: 404,
    en: 'There is no such account.',
    zh: '账号不存在。',
  },
  REFRESH_INVALID: {
    code: 20108,
    status: 401,
    en: 'Your session has ended. Please log in again.',
    zh: '会话已结束，请重新登录。',
  },
  REFRESH_REUSED: {
    code: 20109,
    status: 401,
    en: 'This session was ended for your safety, because its key was used twice. Please log in again.',
    zh: '检测到刷新凭证被重复使用，为了安全已结束该会话，请重新登录。',
    level: 'warn',
  },
  SESSION_NOT_FOUND: { code: 20110, status: 404, en: 'There is no such session.', zh: '会话不存在。' },
  WRONG_PASSWORD: { code: 20111, status: 403, en: 'The current password is wrong.', zh: '当前密码错误。' },
  USER_NOT_FOUND: { code: 20112, status: 404, en: 'There is no such user.', zh: '用户不存在。' },

  // group
  GROUP_NOT_FOUND: { code: 30101, status: 404, en: 'There is no such group.', zh: '群组不存在。' },
  GROUP_FULL: { code: 30102, status: 409, en: 'This group is full.', zh: '群组人数已满。' },
  ALREADY_MEMBER: { code: 30103, status: 409, en: 'Already a member of this group.', zh: '已经是群组成员。' },
  NOT_MEMBER: {
    code: 30104,
    status: 403,
    en: 'Only members of the group can do this.',
    zh: '只有群组成员才能执行此操作。',
  },
  GROUP_CLOSED: {
    code: 30105,
    status: 403,
    en: 'This group does not take new members.',
    zh: '该群组不接受新成员。',
  },
  INVITE_ONLY: {
    code: 30106,
    status: 403,
    en: 'This group can only be joined with an invitation.',
    zh: '该群组仅限受邀加入。',
  },
  BANNED: { code: 30107, status: 403, en: 'You are banned from this group.', zh: '您已被该群组封禁。' },
  APPLICATION_PENDING: {
    code: 30108,
    status: 409,
    en: 'Your application is already waiting for a decision.',
    zh: '您的申请正在等待审核。',
  },
  APPLICATION_NOT_FOUND: {
    code: 30109,
    status: 404,
    en: 'There is no such application.',
    zh: '申请不存在。',
  },
  APPLICATION_DECIDED: {
    code: 30110,
    status: 409,
    en: 'This application has already been decided.',
    zh: '该申请已被处理。',
  },
  OWNER_CANNOT_LEAVE: {
    code: 30111,
    status: 409,
    en: 'The owner cannot leave. Please hand the group over first.',
    zh: '群主不能退出，请先转让群组。',
  },
  MEMBER_NOT_FOUND: { code: 30112, status: 404, en: 'There is no such member.', zh: '成员不存在。' },
  INVITE_NOT_FOUND: { code: 30113, status: 404, en: 'There is no such invitation.', zh: '邀请不存在。' },
  INVITE_EXPIRED: { code: 30114, status: 410, en: 'This invitation has expired.', zh: '邀请已过期。' },
  INVITE_USED_UP: {
    code: 30115,
    status: 410,
    en: 'This invitation has been used as often as it may be.',
    zh: '邀请的使用次数已用完。',
  },
  CATEGORY_NOT_FOUND: { code: 30116, status: 400, en: 'There is no such category.', zh: '分类不存在。' },
  CAPACITY_BELOW_MEMBERS: {
    code: 30117,
    status: 409,
    en: 'The group already has {members} members; the maximum cannot be lower.',
    zh: '群组已有 {members} 名成员，人数上限不能低于该数。',
  },
  REASON_REQUIRED: {
    code: 30119,
    status: 400,
    en: 'Please say why you want to join.',
    zh: '请填写申请理由。',
  },
  MUTED: { code: 30120, status: 403, en: 'You are muted in this group.', zh: '您在该群组中已被禁言。' },
  CANNOT_ACT_ON_MEMBER: {
    code: 30121,
    status: 403,
    en: 'You cannot do this to this member.',
    zh: '您不能对该成员执行此操作。',
  },

  // check-in
  NOT_DUE_TODAY: { code: 30201, status: 409, en: 'Nothing is due today.', zh: '今天无需打卡。' },
  NOTE_TOO_SHORT: {
    code: 30202,
    status: 400,
    en: 'Please write at least {min} characters.',
    zh: '打卡内容至少需要 {min} 个字。',
  },
  CHECK_IN_NOT_FOUND: { code: 30204, status: 404, en: 'There is no such check-in.', zh: '打卡记录不存在。' },
  UNDO_TOO_LATE: {
    code: 30205,
    status: 409,
    en: 'A check-in can only be undone on the same day.',
    zh: '打卡只能在当天撤销。',
  },
  MAKE_UP_NOT_ALLOWED: {
    code: 30206,
    status: 403,
    en: 'This group does not allow making up a missed day.',
    zh: '该群组不允许补卡。',
  },
  MAKE_UP_NOTHING_MISSED: {
    code: 30207,
    status: 409,
    en: 'Nothing was missed on this day.',
    zh: '该日没有漏打卡。',
  },
  MAKE_UP_OUTSIDE_WINDOW: {
    code: 30208,
    status: 409,
    en: 'Only the last {days} days can be made up.',
    zh: '只能补最近 {days} 天的卡。',
  },
  MAKE_UP_QUOTA_USED: {
    code: 30209,
    status: 409,
    en: 'All {limit} make-ups of this month are used.',
    zh: '本月 {limit} 次补卡机会已用完。',
  },
  MAKE_UP_FUTURE: { code: 30210, status: 400, en: 'This day is still to come.', zh: '不能补未来的卡。' },
  MAKE_UP_TODAY: {
    code: 30211,
    status: 400,
    en: 'Today cannot be made up; please check in instead.',
    zh: '今天请直接打卡，无需补卡。',
  },
  MAKE_UP_NOT_MEMBER_THEN: {
    code: 30212,
    status: 409,
    en: 'You were not a member on this day.',
    zh: '您当天还不是群组成员。',
  },
  MAKE_UP_NOT_DUE: { code: 30213, status: 409, en: 'Nothing was due on this day.', zh: '该日无需打卡。' },
  MAKE_UP_REASON_TOO_SHORT: {
    code: 30214,
    status: 400,
    en: 'Please give a reason of at least {min} characters.',
    zh: '补卡理由至少需要 {min} 个字。',
  },
  DAY_RANGE: {
    code: 30215,
    status: 400,
    en: 'The range of days must be in order and no longer than {max} days.',
    zh: '日期范围须先后有序，且不超过 {max} 天。',
  },
  IMAGE_REQUIRED: {
    code: 30216,
    status: 400,
    en: 'A check-in of this group needs a picture.',
    zh: '该群组打卡需要附上图片。',
  },

  // community
  POST_NOT_FOUND: { code: 40101, status: 404, en: 'There is no such post.', zh: '帖子不存在。' },
  COMMENT_NOT_FOUND: { code: 40102, status: 404, en: 'There is no such comment.', zh: '评论不存在。' },
  POST_LOCKED: {
    code: 40103,
    status: 409,
    en: 'This post is locked.',
    zh: '该帖子已被锁定。',
  },
  OWN_LIKE: { code: 40104, status: 403, en: 'You cannot like what is your own.', zh: '不能给自己点赞。' },
  COMMENTS_OFF: {
    code: 40105,
    status: 403,
    en: 'Check-ins of this group cannot be commented on.',
    zh: '该群组的打卡不支持评论。',
  },
  REMOVED_BY_MODERATOR: {
    code: 40106,
    status: 403,
    en: 'A moderator has removed this; only a moderator can restore it.',
    zh: '内容已被管理员移除，只有管理员可以恢复。',
  },

  // question
  QUESTION_NOT_FOUND: { code: 50101, status: 404, en: 'There is no such question.', zh: '问题不存在。' },
  ANSWER_NOT_FOUND: { code: 50102, status: 404, en: 'There is no such answer.', zh: '回答不存在。' },
  ANSWER_EXISTS: {
    code: 50103,
    status: 409,
    en: 'You have already answered this question; please edit your answer.',
    zh: '您已回答过该问题，请编辑原回答。',
  },
  QUESTION_CLOSED: { code: 50104, status: 409, en: 'This question is closed.', zh: '该问题已关闭。' },
  OWN_VOTE: { code: 50105, status: 403, en: 'You cannot vote on what is your own.', zh: '不能给自己投票。' },
  QUESTION_CATEGORY_NOT_FOUND: {
    code: 50106,
    status: 400,
    en: 'There is no such category of questions.',
    zh: '问题分类不存在。',
  },
  REPLY_NOT_FOUND: { code: 50107, status: 404, en: 'There is no such reply.', zh: '回复不存在。' },

  // message
  MESSAGE_NOT_FOUND: { code: 60101, status: 404, en: 'There is no such message.', zh: '消息不存在。' },

  // upload
  UPLOAD_TYPE: {
    code: 70101,
    status: 415,
    en: 'This is not a JPEG, PNG, WebP or GIF picture.',
    zh: '不是 JPEG、PNG、WebP 或 GIF 图片。',
  },
  UPLOAD_TOO_LARGE: {
    code: 70102,
    status: 413,
    en: 'A picture may have at most {max} MB.',
    zh: '图片不能超过 {max} MB。',
  },
  UPLOAD_TOO_MANY_PIXELS: {
    code: 70103,
    status: 413,
    en: 'A picture may have at most {max} million pixels.',
    zh: '图片不能超过 {max} 百万像素。',
  },
  UPLOAD_BROKEN: {
    code: 70104,
    status: 400,
    en: 'This picture is damaged or incomplete.',
    zh: '图片已损坏或不完整。',
  },
  UPLOAD_QUOTA: {
    code: 70105,
    status: 409,
    en: 'Your pictures take up all of your {max} MB.',
    zh: '您的 {max} MB 图片空间已用完。',
  },
  UPLOAD_NOT_FOUND: {
    code: 70106,
    status: 400,
    en: 'One of the pictures is not yours, is used elsewhere or does not exist.',
    zh: '图片不存在、不属于您或已被使用。',
  },
  MEDIA_NOT_FOUND: { code: 70107, status: 404, en: 'There is no such picture.', zh: '图片不存在。' },
  STORAGE_UNAVAILABLE: {
    code: 70108,
    status: 503,
    en: 'Pictures are briefly unavailable. Please try again in a moment.',
    zh: '图片服务暂时不可用，请稍后重试。',
    level: 'error',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorName = keyof typeof ERROR_CATALOGUE;

/** Why a request is answered with HTTP_ERROR, by status. */
export const HTTP_REASONS: Readonly<Record<number, { en: string; zh: string }>> = {
  404: { en: 'there is nothing at this address', zh: '该地址不存在' },
  405: { en: 'this address does not support the method', zh: '该地址不支持此请求方法' },
  406: { en: 'the kind of answer asked for is not available', zh: '无法提供所要求的内容类型' },
  408: { en: 'it took too long to arrive', zh: '请求超时' },
  413: { en: 'it is too large', zh: '请求内容过大' },
  414: { en: 'its address is too long', zh: '请求地址过长' },
  415: { en: 'content of this type is not accepted', zh: '不支持该内容类型' },
  431: { en: 'its headers are too large', zh: '请求头过大' },
};

export const OTHER_REASON = { en: 'it is malformed', zh: '请求格式有误' };
