import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type admin from '../locales/en/admin.json';
import type agents from '../locales/en/agents.json';
import type annotation from '../locales/en/annotation.json';
import type articles from '../locales/en/articles.json';
import type calendars from '../locales/en/calendars.json';
import type channels from '../locales/en/channels.json';
import type demonstration from '../locales/en/demonstration.json';
import type desk from '../locales/en/desk.json';
import type escalation from '../locales/en/escalation.json';
import type macros from '../locales/en/macros.json';
import type merge from '../locales/en/merge.json';
import type onCall from '../locales/en/on-call.json';
import type reports from '../locales/en/reports.json';
import type scheduleEditor from '../locales/en/schedule-editor.json';
import type settings from '../locales/en/settings.json';
import type simulator from '../locales/en/simulator.json';
import type slaPolicies from '../locales/en/sla-policies.json';
import type together from '../locales/en/together.json';
import type views from '../locales/en/views.json';
import type wall from '../locales/en/wall.json';
import type webhooks from '../locales/en/webhooks.json';

/** The namespaces of the texts: what every page needs, and one for each room that is read with its page. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'desk';
    resources: {
      admin: typeof admin;
      agents: typeof agents;
      annotation: typeof annotation;
      articles: typeof articles;
      calendars: typeof calendars;
      channels: typeof channels;
      demonstration: typeof demonstration;
      desk: typeof desk;
      escalation: typeof escalation;
      macros: typeof macros;
      merge: typeof merge;
      'on-call': typeof onCall;
      reports: typeof reports;
      'schedule-editor': typeof scheduleEditor;
      settings: typeof settings;
      simulator: typeof simulator;
      'sla-policies': typeof slaPolicies;
      together: typeof together;
      views: typeof views;
      wall: typeof wall;
      webhooks: typeof webhooks;
    };
  }
}

/** Each is read when it is wanted. All languages are complete: there is nothing to fall back to. */
const files = import.meta.glob<{ readonly default: object }>('../locales/*/*.json');

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => void read(`../locales/${language}/${namespace}.json`, done),
};

async function read(path: string, done: ReadCallback): Promise<void> {
  try {
    const texts = await files[path]?.();
    done(texts === undefined ? new Error(`there is no ${path}`) : null, texts?.default);
  } catch (error) {
    // It is tried again.
    done(error as Error, true);
  }
}

/** By code, in the order of the menu, each named in itself. */
export const languages = { en: 'English', fr: 'Français', de: 'Deutsch', ru: 'Русский', pt: 'Português' } as const;
export type Language = keyof typeof languages;

const storageKey = 'vigil:language';

export async function setUpTexts(): Promise<void> {
  const lng = preferred();
  await i18next
    .use(initReactI18next)
    .use(backend)
    .init({
      lng,
      ns: 'desk',
      defaultNS: 'desk',
      supportedLngs: Object.keys(languages),
      fallbackLng: false,
      // React escapes.
      interpolation: { escapeValue: false },
    });
  document.documentElement.lang = lng;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
}

/** What was chosen here, or else the first of the browser's languages that there is. */
function preferred(): Language {
  const wanted = [localStorage.getItem(storageKey) ?? '', ...navigator.languages];
  return wanted.map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

function isLanguage(code: string): code is Language {
  return Object.hasOwn(languages, code);
}
