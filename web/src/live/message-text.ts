import { useI18n } from 'vue-i18n';
import type { Message } from './message-lists';
import { sentenceKey } from './message-sentence';

/** A message in words. */
export function useMessageText() {
  const { t } = useI18n();

  /** "Rosa", "Rosa and 3 others". */
  function actors({ actor, actorCount }: Message): string {
    const name = actor?.nickname ?? t('messages.somebody');
    return actorCount > 1
      ? t('messages.actors', { name, n: actorCount - 1, all: actorCount }, actorCount - 1)
      : name;
  }

  /** One sentence, without the excerpt. */
  const sentence = (message: Message): string =>
    t(`messages.sentence.${sentenceKey(message)}`, { actors: actors(message), title: message.title });

  return { actors, sentence };
}
