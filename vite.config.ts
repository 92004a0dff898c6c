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
  },
  server: { proxy: { '/v1': process.env['VIGIL_URL'] ?? 'http://127.0.0.1:8080' } },
});
