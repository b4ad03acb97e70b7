import { appError } from '../../common/errors/app-error.js';
import { say } from '../../common/validation/say.js';

export const groupNotFound = () => appError('GROUP_NOT_FOUND');
export const groupFull = () => appError('GROUP_FULL');
export const alreadyMember = () => appError('ALREADY_MEMBER');
export const notMember = () => appError('NOT_MEMBER');
export const noPermission = () => appError('NO_PERMISSION');
export const groupClosed = () => appError('GROUP_CLOSED');
export const inviteOnly = () => appError('INVITE_ONLY');
export const banned = () => appError('BANNED');
export const applicationPending = () => appError('APPLICATION_PENDING');
export const applicationNotFound = () => appError('APPLICATION_NOT_FOUND');
export const applicationDecided = () => appError('APPLICATION_DECIDED');
export const ownerCannotLeave = () => appError('OWNER_CANNOT_LEAVE');
export const memberNotFound = () => appError('MEMBER_NOT_FOUND');
export const inviteNotFound = () => appError('INVITE_NOT_FOUND');
export const inviteExpired = () => appError('INVITE_EXPIRED');
export const inviteUsedUp = () => appError('INVITE_USED_UP');
export const categoryNotFound = () => appError('CATEGORY_NOT_FOUND');
export const capacityBelowMembers = (members: number) =>
  appError('CAPACITY_BELOW_MEMBERS', { args: { members } });
export const muted = () => appError('MUTED');
export const cannotActOnMember = () => appError('CANNOT_ACT_ON_MEMBER');
export const privateJoinPolicy = () =>
  appError('BAD_PARAMETER', {
    fields: {
      joinPolicy: [
        say('a private group is joined by invite or is closed', '私密群组只能通过邀请加入或不开放加入'),
      ],
    },
  });
export const reasonRequired = () => appError('REASON_REQUIRED');
