import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function PagePending() {
  const { t } = useTranslation();
  return (
    <div style={{ padding: '3rem', display: 'grid', placeItems: 'center' }} role="status" aria-label={t('loading')}>
      <Loader size="sm" />
    </div>
  );
}
