import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Goes once: this is drawn until the other page is there, and the address has changed before that. */
export function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const { pathname, href } = router.latestLocation;
    if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href }, replace: true });
  }, [router]);
  return null;
}
