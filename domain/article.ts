/** The languages whose words are known by their stems. */
export const articleLanguages = ['en', 'fr', 'de', 'ru', 'pt'] as const;
export type ArticleLanguage = (typeof articleLanguages)[number];
