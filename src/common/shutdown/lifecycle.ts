import { Injectable } from '@nestjs/common';

/** Whether the process still wants new work. */
@Injectable()
export class Lifecycle {
  stopping = false;
}
