import { useEffect, useRef } from 'react';

let first = true;

/**
 * A page's heading and the window's title. Whoever comes from another page begins here with keyboard and screen reader;
 * the very first page of a visit leaves the focus where the browser put it.
 */
export function PageTitle({ title, className }: { title: string; className?: string | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  useEffect(() => {
    document.title = `${title.length > 80 ? `${title.slice(0, 80)}…` : title} · Vigil`;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1} className={className} dir="auto">
      {title}
    </h1>
  );
}
