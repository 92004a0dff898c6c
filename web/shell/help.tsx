import { Checkbox, Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { type Shortcut, shortcuts, useKeys } from './shortcuts.tsx';

export function Help({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { enabled, enable } = useKeys();
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <table style={{ width: '100%', borderSpacing: '0 0.35rem' }}>
        <tbody>
          {(Object.entries(shortcuts) as [Shortcut, string][]).map(([name, keys]) => (
            <tr key={name}>
              <th scope="row" style={{ textAlign: 'start', fontWeight: 400 }}>
                {t(`keys.${name}`)}
              </th>
              <td style={{ textAlign: 'end' }}>
                {keys.split(' ').map((key) => (
                  <Kbd key={key} mx={2}>
                    {key}
                  </Kbd>
                ))}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" style={{ textAlign: 'start', fontWeight: 400 }}>
              {t('keys.send')}
            </th>
            <td style={{ textAlign: 'end' }}>
              <Kbd mx={2}>Ctrl</Kbd>
              <Kbd mx={2}>Enter</Kbd>
            </td>
          </tr>
        </tbody>
      </table>
      <Checkbox
        mt="md"
        checked={enabled}
        onChange={(event) => enable(event.currentTarget.checked)}
        label={t('keys.enabled')}
      />
    </Dialog>
  );
}
