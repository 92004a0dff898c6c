import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface OrderProps {
  /** What is moved or removed, for those who hear the buttons without seeing where they are. */
  readonly what: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** Up, down and away. The buttons stay where the fingers are: at an end they do nothing. */
export function OrderButtons({ what, first, last, onMove, onRemove }: OrderProps) {
  const { t } = useTranslation('schedule-editor');
  const move = (by: 1 | -1, atEnd: boolean) => (event: React.MouseEvent<HTMLButtonElement>) => {
    if (atEnd) return;
    const button = event.currentTarget;
    onMove(by);
    // A browser takes the focus from what is moved within the page.
    requestAnimationFrame(() => button.focus());
  };
  const shared = { variant: 'default', size: 'compact-sm' } as const;
  return (
    <>
      <Button
        {...shared}
        aria-label={t('up', { what })}
        aria-disabled={first}
        {...(first && { 'data-disabled': true })}
        onClick={move(-1, first)}
      >
        ↑
      </Button>
      <Button
        {...shared}
        aria-label={t('down', { what })}
        aria-disabled={last}
        {...(last && { 'data-disabled': true })}
        onClick={move(1, last)}
      >
        ↓
      </Button>
      <Button {...shared} aria-label={t('removeWhat', { what })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </>
  );
}
