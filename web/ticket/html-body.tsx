import DOMPurify from 'dompurify';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './conversation.module.css';

/**
 * A customer's HTML, cleaned. Remote pictures tell their sender who reads, when, and where: the page never loads them,
 * and the content security policy would not let it. Each becomes a link that opens it, for those who ask.
 */
export function HtmlBody({ html }: { html: string }) {
  const { t } = useTranslation();
  const open = t('message.remoteImage');
  const clean = useMemo(() => cleanHtml(html, open), [html, open]);
  return <div className={styles.html} dir="auto" dangerouslySetInnerHTML={{ __html: clean }} />;
}

function cleanHtml(html: string, open: string): string {
  const clean = DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'video', 'audio', 'source', 'picture'],
    FORBID_ATTR: ['style', 'class', 'id', 'srcset', 'background', 'name'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
  // A document of its own: what is parsed into it loads nothing.
  const { body } = new DOMParser().parseFromString(clean, 'text/html');
  for (const link of body.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  for (const image of body.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    if (source.startsWith('data:image/')) continue;
    const link = image.ownerDocument.createElement('a');
    link.textContent = `${open}${image.alt === '' ? '' : `: ${image.alt}`}`;
    if (/^https?:/i.test(source)) link.href = source;
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
    image.replaceWith(link);
  }
  return body.innerHTML;
}
