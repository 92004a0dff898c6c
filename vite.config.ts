import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Writes each file once more compressed, so that the API has nothing left to do but send it. */
function compressed(): Plugin {
  return {
    name: 'vigil-compressed',
    apply: 'build',
    closeBundle() {
      const assets = path.resolve(import.meta.dirname, 'web/dist/assets');
      for (const file of readdirSync(assets).filter((name) => /\.(?:js|css|svg)$/.test(name))) {
        const content = readFileSync(path.join(assets, file));
        writeFileSync(path.join(assets, `${file}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(path.join(assets, `${file}.br`), brotliCompressSync(content));
      }
    },
  };
}

/**
 * What nearly every page is made of. Left to itself the bundler makes a file for each set of pages that share something,
 * and many small files compress worse than one. What only some pages use stays out: everybody loads this before anything.
 */
const shared = [
  'node_modules/(?:react|react-dom|scheduler|i18next|react-i18next|@tanstack/(?:react-|router-|query-)?(?:query|router|core|store|history))/',
  'node_modules/@mantine/(?:hooks|core/esm/core)/',
  'node_modules/@mantine/core/esm/components/(?:Alert|Button|Checkbox|CloseButton|InlineInput|Input|InputBase|Loader|NativeSelect|Skeleton|TextInput|Transition|UnstyledButton)/',
  '/web/(?:i18n|live|shell|ui)/',
  '/web/api/(?:client|counts|people|query-client|refresher|session|tickets)[.]ts',
];
const someOnly = '(?:useQueries|queriesObserver|useBlocker)';
const foundation = new RegExp(`^(?!.*${someOnly}).*(?:${shared.join('|')})`);

export default defineConfig({
  root: path.resolve(import.meta.dirname, 'web'),
  plugins: [react(), compressed()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // Even the smallest file is one of our own under the content security policy.
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'foundation', test: foundation, minShareCount: 4 }] } },
    },
  },
  server: { proxy: { '/v1': process.env['VIGIL_URL'] ?? 'http://127.0.0.1:8080' } },
});
