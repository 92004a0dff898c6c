import { useEffect } from 'react';

const attribute = 'data-mantine-color-scheme';

/** Shows this page in the colours that its address names. What the reader chose elsewhere is neither asked nor changed. */
export function useTheme(theme: 'light' | 'dark' | undefined): void {
  useEffect(() => {
    if (theme === undefined) return;
    const root = document.documentElement;
    const before = root.getAttribute(attribute);
    const keep = (): void => {
      if (root.getAttribute(attribute) !== theme) root.setAttribute(attribute, theme);
    };
    keep();
    // Mantine follows the system, which gets dark in the evening.
    const observer = new MutationObserver(keep);
    observer.observe(root, { attributeFilter: [attribute] });
    return () => {
      observer.disconnect();
      if (before !== null) root.setAttribute(attribute, before);
    };
  }, [theme]);
}
