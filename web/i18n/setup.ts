import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type en from '../locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

type Texts = typeof en;

/** Each language is a file of its own, read when it is wanted. All of them are complete: there is nothing to fall back to. */
const files: Readonly<Record<Language, () => Promise<{ readonly default: object }>>> = {
  en: () => import('../locales/en.json'),
  fr: () => import('../locales/fr.json'),
  de: () => import('../locales/de.json'),
  ru: () => import('../locales/ru.json'),
  pt: () => import('../locales/pt.json'),
};

/** By code, in the order of the menu, each named in itself. */
export const languages = { en: 'English', fr: 'Français', de: 'Deutsch', ru: 'Русский', pt: 'Português' } as const;
export type Language = keyof typeof languages;

const storageKey = 'vigil:language';

export async function setUpTexts(): Promise<void> {
  const lng = preferred();
  await i18next.use(initReactI18next).init({
    lng,
    resources: { [lng]: { translation: await texts(lng) } },
    supportedLngs: Object.keys(languages),
    fallbackLng: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = lng;
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await texts(language));
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
}

async function texts(language: Language): Promise<Texts> {
  return (await files[language]()).default as Texts;
}

/** What was chosen here, or else the first of the browser's languages that there is. */
function preferred(): Language {
  const wanted = [localStorage.getItem(storageKey) ?? '', ...navigator.languages];
  return wanted.map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

function isLanguage(code: string): code is Language {
  return Object.hasOwn(languages, code);
}
