import { Module } from '@nestjs/common';
import { GroupModule } from '../group/index.js';
import { LiveBus } from './live/live-bus.js';
import { LiveFeeds } from './live/live-feeds.js';
import { LiveGateway } from './live/live.gateway.js';
import { MessageController } from './message.controller.js';
import { MessageJobs } from './message.jobs.js';
import { MessageRepository } from './message.repository.js';
import { MessageService } from './message.service.js';
import { MessageSettingRepository } from './message-setting.repository.js';
import { MessageSignals } from './message-signals.js';
import { MessageWriter } from './message-writer.js';
import { NoticeRepository } from './notice.repository.js';

@Module({
  imports: [GroupModule],
  controllers: [MessageController],
  providers: [
    MessageService,
    MessageWriter,
    MessageJobs,
    MessageSignals,
    MessageRepository,
    MessageSettingRepository,
    NoticeRepository,
    LiveBus,
    LiveFeeds,
    LiveGateway,
  ],
})
export class MessageModule {}
