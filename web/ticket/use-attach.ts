import { useState } from 'react';
import { problemText } from '../api/client.ts';
import { uploadAttachment } from '../api/attachments.ts';
import type { DraftState } from './draft.ts';

export interface Attaching {
  readonly attach: (files: Iterable<File>) => void;
  readonly underWay: number;
  /** Each with the name of its file. */
  readonly problems: readonly string[];
}

export function useAttach({ draft, change }: DraftState): Attaching {
  const [underWay, setUnderWay] = useState(0);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const attach = async (files: readonly File[]): Promise<void> => {
    setProblems([]);
    setUnderWay(files.length);
    let attachments = draft.attachments;
    for (const file of files) {
      try {
        attachments = [...attachments, await uploadAttachment(file)];
        change({ attachments });
      } catch (error) {
        setProblems((before) => [...before, `${file.name}: ${problemText(error)}`]);
      }
      setUnderWay((before) => before - 1);
    }
  };
  return { attach: (files) => void attach([...files]), underWay, problems };
}
