import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentLoadsQuery } from '../api/agents.ts';
import { usePeople } from '../api/people.ts';
import { useSession } from '../api/session.ts';
import { Dialog } from '../shell/dialog.tsx';
import { type Choice, Chooser } from '../ui/chooser.tsx';
import { useLoadText } from './load-text.ts';

interface MoveDialogProps {
  /** How many tickets are to be given to somebody. */
  readonly count: number;
  readonly onChoose: (to: string | null) => void;
  readonly onClose: () => void;
}

const nobody = 'none';

/** To whom the tickets go: oneself first, and everybody with what they carry already. */
export function MoveDialog({ count, onChoose, onClose }: MoveDialogProps) {
  const { t } = useTranslation(['agents', 'desk']);
  const { user } = useSession();
  const { users } = usePeople();
  const { data } = useQuery(agentLoadsQuery);
  const loadText = useLoadText();
  const choiceOf = ({ id, name }: { id: string; name: string }): Choice => {
    const agent = data?.agents.find((agent) => agent.id === id);
    if (agent === undefined) return { id, label: name };
    const { load, marks } = loadText(agent);
    return { id, label: name, hint: [load, ...marks].join(' · ') };
  };
  const others = users.filter(({ id, active, role }) => active && role !== 'viewer' && id !== user.id);
  const choices = [choiceOf(user), { id: nobody, label: t('desk:queue.nobody') }, ...others.map(choiceOf)];
  return (
    <Dialog title={t('move', { count })} onClose={onClose}>
      <Chooser
        label={t('person')}
        choices={choices}
        empty={t('notFound')}
        onChoose={(id) => {
          onChoose(id === nobody ? null : id);
          onClose();
        }}
      />
    </Dialog>
  );
}
