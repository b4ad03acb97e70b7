import { shallowRef } from 'vue';

interface Question {
  title: string;
  text?: string;
  /** What the button that goes ahead says. */
  action: string;
  /** Cannot be taken back. */
  destructive?: boolean;
  /** Asks for a text, too, e.g. the reason of a removal. */
  input?: { label: string; required?: boolean; maxLength?: number };
}

interface Asked extends Question {
  answer: (text: string | undefined) => void;
}

export const asked = shallowRef<Asked>();

/** Asks before going ahead; the text that was asked for ('' without one), or undefined when it was called off. */
export function confirm(question: Question): Promise<string | undefined> {
  // Whoever asked before is not left waiting.
  asked.value?.answer(undefined);
  return new Promise((answer) => {
    asked.value = { ...question, answer };
  });
}
