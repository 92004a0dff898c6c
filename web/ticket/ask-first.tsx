import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message, Ticket } from '../api/types.ts';
import { useActorName } from './actor-name.ts';

interface AskFirstProps {
  readonly ticket: Ticket;
  /** What colleagues have written meanwhile. */
  readonly messages: readonly Message[];
  readonly onSend: () => void;
}

/** In place of sending in ignorance of what a colleague has just said: says so, and lets it be sent all the same. */
export function AskFirst({ ticket, messages, onSend }: AskFirstProps) {
  const { t } = useTranslation('together');
  const actorName = useActorName(ticket);
  const names = [...new Set(messages.map(({ authorId }) => actorName({ type: 'user', id: authorId ?? '' })))].join(
    ', ',
  );
  return (
    <Alert color="yellow" role="alert" py="xs">
      <p>{t(messages.some((message) => message.public) ? 'repliedMeanwhile' : 'notedMeanwhile', { names })}</p>
      <Button variant="default" onClick={onSend}>
        {t('sendAllTheSame')}
      </Button>
    </Alert>
  );
}
