import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { ListMessagesQueryDto } from './dto/list-messages-query.dto.js';
import { MessageDto } from './dto/message.dto.js';
import { MessageSettingsDto } from './dto/message-settings.dto.js';
import { ReadMessagesDto } from './dto/read-messages.dto.js';
import { UnreadCountDto } from './dto/unread-count.dto.js';
import { UpdateMessageSettingsDto } from './dto/update-message-settings.dto.js';
import { MessageService } from './message.service.js';

@ApiTags('Messages')
@Controller({ version: '1' })
export class MessageController {
  constructor(private readonly messages: MessageService) {}

  /** My messages, newest first. */
  @Get('messages')
  @ApiOkData(page(MessageDto))
  listMessages(
    @CurrentActor() actor: Actor,
    @Query() query: ListMessagesQueryDto,
  ): Promise<Page<MessageDto>> {
    return this.messages.listMessages(actor, query);
  }

  /** How many of my messages are unread, by type; the same comes over the WebSocket `/ws` by itself. */
  @Get('messages/unread-count')
  @ApiOkData(UnreadCountDto)
  countUnreadMessages(@CurrentActor() actor: Actor): Promise<UnreadCountDto> {
    return this.messages.countUnreadMessages(actor);
  }

  /** Mark all my messages as read, or those of some types; answers what is left. */
  @Post('messages/read')
  @HttpCode(200)
  @ApiOkData(UnreadCountDto)
  readMessages(@CurrentActor() actor: Actor, @Body() dto: ReadMessagesDto): Promise<UnreadCountDto> {
    return this.messages.readMessages(actor, dto);
  }

  /** Mark one of my messages as read; answers what is left. */
  @Post('messages/:id/read')
  @HttpCode(200)
  @ApiOkData(UnreadCountDto)
  @ApiErrors('MESSAGE_NOT_FOUND')
  readMessage(@CurrentActor() actor: Actor, @IdParam('id') id: number): Promise<UnreadCountDto> {
    return this.messages.readMessage(actor, id);
  }

  /** Delete one of my messages. */
  @Delete('messages/:id')
  @ApiOkData(null)
  @ApiErrors('MESSAGE_NOT_FOUND')
  deleteMessage(@CurrentActor() actor: Actor, @IdParam('id') id: number): Promise<void> {
    return this.messages.deleteMessage(actor, id);
  }

  /** What I want to be told of. */
  @Get('me/message-settings')
  @ApiOkData(MessageSettingsDto)
  getMessageSettings(@CurrentActor() actor: Actor): Promise<MessageSettingsDto> {
    return this.messages.getMessageSettings(actor);
  }

  /** Switch types of messages on or off: those given, and no others. */
  @Patch('me/message-settings')
  @ApiOkData(MessageSettingsDto)
  updateMessageSettings(
    @CurrentActor() actor: Actor,
    @Body() dto: UpdateMessageSettingsDto,
  ): Promise<MessageSettingsDto> {
    return this.messages.updateMessageSettings(actor, dto);
  }
}
