import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import page from './list-page.module.css';

interface EditorFootProps {
  readonly words: Readonly<Record<'save' | 'saved' | 'discard' | 'delete' | 'reallyDelete', string>>;
  /** What is wrong with the whole. */
  readonly problem: string | undefined;
  readonly changed: boolean;
  readonly complete: boolean;
  readonly pending: boolean;
  readonly saved: boolean;
  readonly onDiscard: () => void;
  /** None for what is not stored yet. */
  readonly onDelete: (() => void) | undefined;
}

/** What ends the form of one thing of a list page. Deleting is asked for twice. */
export function EditorFoot(props: EditorFootProps) {
  const { words, problem, changed, complete, pending, saved, onDiscard, onDelete } = props;
  const [sure, setSure] = useState(false);
  return (
    <>
      {problem !== undefined && (
        <Alert color="red" role="alert" py="xs">
          {problem}
        </Alert>
      )}
      <div className={page.foot}>
        <Button type="submit" loading={pending} disabled={!changed || !complete}>
          {words.save}
        </Button>
        {changed && (
          <Button variant="subtle" onClick={onDiscard}>
            {words.discard}
          </Button>
        )}
        {onDelete !== undefined && (
          <Button
            variant={sure ? 'filled' : 'default'}
            color="red"
            onBlur={() => setSure(false)}
            onClick={() => (sure ? onDelete() : setSure(true))}
          >
            {words[sure ? 'reallyDelete' : 'delete']}
          </Button>
        )}
        <span role="status">{saved && !changed && words.saved}</span>
      </div>
    </>
  );
}
