import { Module } from '@nestjs/common';
import { UserModule } from '../user/index.js';
import { ApplicationController } from './application.controller.js';
import { ApplicationRepository } from './application.repository.js';
import { ApplicationService } from './application.service.js';
import { BanRepository } from './ban.repository.js';
import { CheckInImages } from './check-in-images.js';
import { CheckInController } from './check-in.controller.js';
import { CheckInRepository } from './check-in.repository.js';
import { CheckInService } from './check-in.service.js';
import { CheckInTargets } from './check-in-targets.js';
import { DayBoardRepository } from './day-board.repository.js';
import { GroupAccess } from './group-access.js';
import { GroupCounters } from './group-counters.js';
import { GroupController } from './group.controller.js';
import { GroupDayRepository } from './group-day.repository.js';
import { GroupHeat } from './group-heat.js';
import { GroupJobs } from './group.jobs.js';
import { GroupNotices } from './group-notices.js';
import { GroupMediaAudience } from './group-media-audience.js';
import { GroupRecountService } from './group-recount.service.js';
import { GroupRepository } from './group.repository.js';
import { GroupService } from './group.service.js';
import { GroupStatisticsService } from './group-statistics.service.js';
import { InviteController } from './invite.controller.js';
import { InviteRepository } from './invite.repository.js';
import { InviteService } from './invite.service.js';
import { LeaderboardRepository } from './leaderboard.repository.js';
import { LeaderboardService } from './leaderboard.service.js';
import { MakeUpService } from './make-up.service.js';
import { MemberController } from './member.controller.js';
import { MemberService } from './member.service.js';
import { MembershipRepository } from './membership.repository.js';
import { MembershipService } from './membership.service.js';
import { MemberStatisticsService } from './member-statistics.service.js';
import { RecountRepository } from './recount.repository.js';
import { ReminderRepository } from './reminder.repository.js';
import { ReminderService } from './reminder.service.js';
import { StatisticsController } from './statistics.controller.js';
import { StreakKeeper } from './streak-keeper.js';
import { TextWriter } from './text-writer.js';

@Module({
  imports: [UserModule],
  controllers: [
    GroupController,
    MemberController,
    ApplicationController,
    InviteController,
    CheckInController,
    StatisticsController,
  ],
  providers: [
    GroupService,
    GroupAccess,
    GroupCounters,
    GroupHeat,
    GroupNotices,
    GroupJobs,
    ReminderService,
    ReminderRepository,
    GroupMediaAudience,
    GroupRecountService,
    GroupStatisticsService,
    MemberService,
    MembershipService,
    MemberStatisticsService,
    ApplicationService,
    InviteService,
    CheckInService,
    CheckInImages,
    CheckInTargets,
    MakeUpService,
    LeaderboardService,
    StreakKeeper,
    TextWriter,
    GroupRepository,
    GroupDayRepository,
    MembershipRepository,
    ApplicationRepository,
    BanRepository,
    InviteRepository,
    CheckInRepository,
    DayBoardRepository,
    LeaderboardRepository,
    RecountRepository,
  ],
  exports: [GroupService, GroupRecountService, GroupAccess, GroupCounters, CheckInTargets, TextWriter],
})
export class GroupModule {}
