import { useTranslation } from 'react-i18next';
import type { Macro } from '../api/types.ts';
import { useActionsText } from './actions-text.ts';
import page from '../ui/list-page.module.css';

/** A macro that the reader may use and not change. */
export function MacroText({ macro }: { macro: Macro }) {
  const { t } = useTranslation('macros');
  const actions = useActionsText()(macro.actions);
  return (
    <section className={page.form} aria-labelledby="macro">
      <h2 id="macro" dir="auto">
        {macro.name}
      </h2>
      <pre dir="auto">{macro.body}</pre>
      {actions.length > 0 && (
        <p>
          {t('actions')}: {actions.map(({ text }) => text).join(' · ')}
        </p>
      )}
      <p className={page.dimmed}>{t('readOnly')}</p>
    </section>
  );
}
