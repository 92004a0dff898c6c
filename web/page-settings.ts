/** What the API wrote into the page: what only the server knows, and what the page needs before it asks anything. */
interface PageSettings {
  /** Where the Temporal UI answers, as this browser reaches it; null where that is not known. */
  readonly temporalUi: string | null;
  readonly namespace: string;
}

const element = document.querySelector<HTMLMetaElement>('meta[name="vigil-settings"]');

/** Allows our own style elements under the content security policy. Vite's development server needs none. */
export const nonce = element?.nonce ?? '';

export const pageSettings: PageSettings =
  element === null || element.content === ''
    ? { temporalUi: null, namespace: 'default' }
    : (JSON.parse(element.content) as PageSettings);
