import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `pnpm start` of the BFF listens by default; it serves everything that is not a page. */
const BFF = 'http://localhost:3000';

export default defineConfig({
  plugins: [react()],
  server: {
    // The browser's own origin stays in `Host`: the BFF compares it with `Origin` and the redirect URI.
    proxy: Object.fromEntries(['/auth', '/oauth', '/api'].map((path) => [path, { target: BFF }])),
  },
  build: {
    sourcemap: false,
    target: 'baseline-widely-available',
    // `img-src` knows data:, `font-src` does not; and a file can be cached.
    assetsInlineLimit: 0,
    // Every browser of that target preloads modules by itself.
    modulePreload: { polyfill: false },
  },
});
