import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DayParam } from '../../common/api/day-param.decorator.js';
import { IdParam, UserIdParam } from '../../common/api/id-param.decorator.js';
import { ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { CalendarQueryDto } from './dto/calendar-query.dto.js';
import { DayBoardDto } from './dto/day-board.dto.js';
import { DayBoardQueryDto } from './dto/day-board-query.dto.js';
import { GroupCalendarDto } from './dto/group-calendar.dto.js';
import { GroupCalendarQueryDto } from './dto/group-calendar-query.dto.js';
import { GroupStatsDto } from './dto/group-stats.dto.js';
import { LeaderboardDto } from './dto/leaderboard.dto.js';
import { LeaderboardQueryDto } from './dto/leaderboard-query.dto.js';
import { MemberCalendarDto } from './dto/member-calendar.dto.js';
import { MemberStatsDto } from './dto/member-stats.dto.js';
import { MyCalendarDto } from './dto/my-calendar.dto.js';
import { TodayItemDto } from './dto/today-item.dto.js';
import { GroupStatisticsService } from './group-statistics.service.js';
import { LeaderboardService } from './leaderboard.service.js';
import { MemberStatisticsService } from './member-statistics.service.js';

@ApiTags('Statistics')
@Controller({ version: '1' })
export class StatisticsController {
  constructor(
    private readonly members: MemberStatisticsService,
    private readonly group: GroupStatisticsService,
    private readonly leaderboards: LeaderboardService,
  ) {}

  /** My groups in which something is due today, with its state and when the day ends. */
  @Get('me/today')
  @ApiOkData(page(TodayItemDto))
  listToday(@CurrentActor() actor: Actor, @Query() query: PageQueryDto): Promise<Page<TodayItemDto>> {
    return this.members.listToday(actor, query);
  }

  /**
   * My year over all groups: per day how much was due and how much I have done, also in groups I have left. Of 200
   * groups at most: those I am in first, then the latest I was in.
   */
  @Get('me/calendar')
  @ApiOkData(MyCalendarDto)
  @ApiErrors('DAY_RANGE')
  getMyCalendar(@CurrentActor() actor: Actor, @Query() query: CalendarQueryDto): Promise<MyCalendarDto> {
    return this.members.getMyCalendar(actor, query);
  }

  /** A member's calendar: every day of the range once, with its state, and a summary. */
  @Get('groups/:groupId/members/:userId/calendar')
  @ApiOkData(MemberCalendarDto)
  @ApiErrors('GROUP_NOT_FOUND', 'MEMBER_NOT_FOUND', 'DAY_RANGE')
  getMemberCalendar(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @UserIdParam('userId') userId: number,
    @Query() query: CalendarQueryDto,
  ): Promise<MemberCalendarDto> {
    return this.members.getMemberCalendar(actor, groupId, userId, query);
  }

  /** A member's streaks, totals, rate and habits. */
  @Get('groups/:groupId/members/:userId/stats')
  @ApiOkData(MemberStatsDto)
  @ApiErrors('GROUP_NOT_FOUND', 'MEMBER_NOT_FOUND')
  getMemberStats(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @UserIdParam('userId') userId: number,
  ): Promise<MemberStatsDto> {
    return this.members.getMemberStats(actor, groupId, userId);
  }

  /** A month of the group: per day how many were due and how many have done it. */
  @Get('groups/:groupId/calendar')
  @ApiOkData(GroupCalendarDto)
  @ApiErrors('GROUP_NOT_FOUND')
  getGroupCalendar(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: GroupCalendarQueryDto,
  ): Promise<GroupCalendarDto> {
    return this.group.getGroupCalendar(actor, groupId, query);
  }

  /** Who has done it on a day, and who has not. */
  @Get('groups/:groupId/days/:day')
  @ApiOkData(DayBoardDto)
  @ApiErrors('GROUP_NOT_FOUND')
  getDayBoard(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @DayParam('day') day: string,
    @Query() query: DayBoardQueryDto,
  ): Promise<DayBoardDto> {
    return this.group.getDayBoard(actor, groupId, day, query);
  }

  /** The group in figures. */
  @Get('groups/:groupId/stats')
  @ApiOkData(GroupStatsDto)
  @ApiErrors('GROUP_NOT_FOUND')
  getGroupStats(@CurrentActor() actor: Actor, @IdParam('groupId') groupId: number): Promise<GroupStatsDto> {
    return this.group.getGroupStats(actor, groupId);
  }

  /** Who leads, and where I stand. */
  @Get('groups/:groupId/leaderboard')
  @ApiOkData(LeaderboardDto)
  @ApiErrors('GROUP_NOT_FOUND')
  getLeaderboard(
    @CurrentActor() actor: Actor,
    @IdParam('groupId') groupId: number,
    @Query() query: LeaderboardQueryDto,
  ): Promise<LeaderboardDto> {
    return this.leaderboards.getLeaderboard(actor, groupId, query);
  }
}
