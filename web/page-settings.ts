/** What the API wrote into the page: what only the server knows, and what the page needs before it asks anything. */
interface PageSettings {
  /** Whether everything here is made up. */
  readonly demonstration: boolean;
}

const element = document.querySelector<HTMLMetaElement>('meta[name="vigil-settings"]');

/** Allows our own style elements under the content security policy. Vite's development server needs none. */
export const nonce = element?.nonce ?? '';

export const pageSettings: PageSettings = settingsIn(element);

/** As another document of ours has them, asked for anew. */
export async function currentSettings(): Promise<PageSettings> {
  const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store' });
  if (!response.ok) throw new Error(`the page answers ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return settingsIn(page.querySelector<HTMLMetaElement>('meta[name="vigil-settings"]'));
}

function settingsIn(meta: HTMLMetaElement | null): PageSettings {
  const none = { demonstration: false };
  return meta === null || meta.content === '' ? none : (JSON.parse(meta.content) as PageSettings);
}
