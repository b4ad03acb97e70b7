import { Application } from './application.entity.js';
import { Ban } from './ban.entity.js';
import { CheckIn } from './check-in.entity.js';
import { GroupCategory } from './group-category.entity.js';
import { GroupDay } from './group-day.entity.js';
import { Group } from './group.entity.js';
import { GroupRule } from './group-rule.entity.js';
import { Invite } from './invite.entity.js';
import { MakeUpQuota } from './make-up-quota.entity.js';
import { Membership } from './membership.entity.js';
import { MembershipSpell } from './membership-spell.entity.js';

export const groupEntities = [
  Group,
  GroupCategory,
  GroupRule,
  GroupDay,
  Membership,
  MembershipSpell,
  Application,
  Invite,
  Ban,
  CheckIn,
  MakeUpQuota,
];
