import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { schedulesQuery } from '../../api/schedules.ts';
import { usePeople } from '../../api/people.ts';
import { PickList } from '../ui/pick-list.tsx';
import { choiceOf, plainTargets, type Target, targetOf } from './target.ts';
import { useTargetWords } from './target-words.ts';

interface TargetsProps {
  readonly targets: readonly Target[];
  readonly onChange: (targets: Target[]) => void;
  readonly error: string | undefined;
}

/** Whom a step pages, all of them at once. */
export function Targets({ targets, onChange, error }: TargetsProps) {
  const { t } = useTranslation('escalation');
  const { users } = usePeople();
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const words = useTargetWords();
  const chosen = targets.map(choiceOf);
  const grouped = (group: string, of: readonly Target[]) =>
    of.map((target) => ({ id: choiceOf(target), name: words(target), group }));
  const people = users.filter(({ id, active, role }) => chosen.includes(`user:${id}`) || (active && role !== 'viewer'));
  return (
    <PickList
      label={t('step.targets')}
      choices={[
        ...grouped(
          t('target.ofTicket'),
          plainTargets.map((type) => ({ type })),
        ),
        ...grouped(
          t('target.schedules'),
          schedules.map(({ id }) => ({ type: 'schedule', schedule: id })),
        ),
        ...grouped(
          t('target.people'),
          people.map(({ id }) => ({ type: 'user', user: id })),
        ),
      ]}
      value={chosen}
      onChange={(choices) => onChange(choices.flatMap((choice) => targetOf(choice) ?? []))}
      error={error}
      add={t('step.addTarget')}
      empty={t('step.noTargets')}
      name="target"
      required
    />
  );
}
