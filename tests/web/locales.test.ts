import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const languages = ['en', 'fr', 'de', 'ru', 'pt'];

type Texts = { readonly [key: string]: string | Texts };

const folder = (language: string) => new URL(`../../web/locales/${language}/`, import.meta.url);

/** All texts of a language, each under its room's name. */
function texts(language: string): Map<string, string> {
  const rooms = readdirSync(folder(language)).map((file) => {
    const content = JSON.parse(readFileSync(new URL(file, folder(language)), 'utf8')) as Texts;
    return flat(content, `${file}:`);
  });
  return new Map(rooms.flat());
}

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  );
}

const plural = /_(?:zero|one|two|few|many|other)$/;
const base = (key: string): string => key.replace(plural, '');
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

describe.each(languages)('the texts in %s', (language) => {
  const [own, english] = [texts(language), texts('en')];

  it('are the same as in English, and none is empty', () => {
    expect([...new Set([...own.keys()].map(base))].toSorted()).toEqual(
      [...new Set([...english.keys()].map(base))].toSorted(),
    );
    expect([...own].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have every plural that the language has', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = new Set([...own.keys()].filter((key) => plural.test(key)).map(base));
    for (const key of counted) for (const form of forms) expect([...own.keys()]).toContain(`${key}_${form}`);
  });

  it('name the same values as in English', () => {
    for (const [key, text] of own) {
      const original = english.get(key) ?? english.get(`${base(key)}_other`) ?? '';
      expect(placeholders(text), key).toEqual(placeholders(original));
    }
  });
});
