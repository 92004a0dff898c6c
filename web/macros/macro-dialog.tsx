import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { macrosQuery } from '../api/macros.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Failed } from '../shell/page-error.tsx';
import { Chooser } from '../ui/chooser.tsx';
import { useActionsText } from './actions-text.ts';

interface MacroDialogProps {
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

export function MacroDialog({ onChoose, onClose }: MacroDialogProps) {
  const { t } = useTranslation('macros');
  const { data, error, refetch } = useQuery(macrosQuery);
  const actionsText = useActionsText();
  const choices = (data ?? []).map(({ id, name, body, actions }) => ({
    id,
    label: name,
    hint: [body.slice(0, 120), ...actionsText(actions).map(({ text }) => text)].filter(Boolean).join(' · '),
  }));
  return (
    <Dialog title={t('title')} onClose={onClose}>
      {error !== null && data === undefined ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Chooser
          label={t('search')}
          choices={choices}
          empty={data === undefined ? '' : t(data.length === 0 ? 'none' : 'notFound')}
          onChoose={(id) => {
            onClose();
            onChoose(id);
          }}
        />
      )}
      <p>
        <Link to="/macros">{t('manage')}</Link>
      </p>
    </Dialog>
  );
}
