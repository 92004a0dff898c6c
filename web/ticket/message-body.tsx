import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './conversation.module.css';

const HtmlBody = lazy(() => import('./html-body.tsx').then(({ HtmlBody }) => ({ default: HtmlBody })));

/** Bodies are stored as they came, and nothing says what they are: a mail's HTML begins and ends like this. */
const html =
  /^\s*<(?:!doctype html|html|head|body|div|p|table|center)\b[\s\S]*<\/(?:html|body|div|p|table|center)>\s*$/i;

/** What somebody wrote: text as it is, HTML cleaned, and as its source on request. */
export function MessageBody({ body }: { body: string }) {
  const { t } = useTranslation();
  const [asSource, setAsSource] = useState(false);
  if (!html.test(body)) return <TextBody text={body} />;
  return (
    <>
      {asSource ? (
        <TextBody text={body} />
      ) : (
        <Suspense fallback={<TextBody text="…" />}>
          <HtmlBody html={body} />
        </Suspense>
      )}
      <UnstyledButton className={styles.toggle} onClick={() => setAsSource(!asSource)}>
        {t(asSource ? 'message.showFormatted' : 'message.showSource')}
      </UnstyledButton>
    </>
  );
}

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/;

function TextBody({ text }: { text: string }) {
  return (
    <div className={styles.text} dir="auto">
      {text.split(address).map((part, i) =>
        // Split by a group, every second part is what the group found.
        i % 2 === 1 ? (
          <a key={i} href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </div>
  );
}
