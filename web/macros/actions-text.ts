import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import type { MacroActions } from '../api/types.ts';

export type MacroAction = keyof MacroActions;

/** What a macro does, each action as a few words. */
export function useActionsText(): (actions: MacroActions) => readonly { name: MacroAction; text: string }[] {
  const { t } = useTranslation(['macros', 'desk']);
  const { userName, teamName } = usePeople();
  return ({ status, priority, level, assignee, team }) => {
    const who = assignee === 'me' ? t('desk:queue.me') : assignee ? userName(assignee) : t('desk:queue.nobody');
    const line = team ? teamName(team) : t('desk:queue.noTeam');
    return [
      ...(status === undefined ? [] : [{ name: 'status', text: t('does.status', { to: t(`desk:status.${status}`) }) }]),
      ...(priority === undefined
        ? []
        : [{ name: 'priority', text: t('does.priority', { to: t(`desk:priority.${priority}`) }) }]),
      ...(level === undefined ? [] : [{ name: 'level', text: t('does.level', { to: level }) }]),
      ...(assignee === undefined ? [] : [{ name: 'assignee', text: t('does.assignee', { to: who }) }]),
      ...(team === undefined ? [] : [{ name: 'team', text: t('does.team', { to: line }) }]),
    ] as { name: MacroAction; text: string }[];
  };
}
