import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from './page-title.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div style={{ padding: '2rem' }}>
      <PageTitle title={t('notFound.title')} />
      <p>{t('notFound.text')}</p>
      <Link to="/queue">{t('notFound.back')}</Link>
    </div>
  );
}
